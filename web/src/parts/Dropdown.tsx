import { lazy, Suspense, useId, useRef, useState, type ReactNode, type Ref } from 'react';

const DropdownList = lazy(() => import('./DropdownList'));

export interface Entry {
  key: string;
  word: ReactNode;
  icon?: ReactNode;
  end?: ReactNode;
  tone?: 'bad';
  /** Why it cannot be chosen now. */
  why?: string;
  run: () => void;
}
export interface Section {
  label?: string;
  note?: string;
  entries: Entry[];
}

interface Props {
  className: string;
  sections: Section[];
  children: ReactNode;
  label?: string;
  on?: boolean;
  width?: number;
  position?: 'bottom-start' | 'bottom-end' | 'top-start' | 'right-end';
  button?: Ref<HTMLButtonElement>;
}

/** A button with a menu. The menu (floating-ui and all) is fetched when somebody comes near. */
export function Dropdown(props: Props) {
  const {
    className,
    sections,
    children,
    label,
    on,
    width = 220,
    position = 'bottom-start',
  } = props;
  const [open, setOpen] = useState(false);
  const [near, setNear] = useState(false);
  const own = useRef<HTMLButtonElement>(null);
  const id = useId();
  const come = () => setNear(true);
  return (
    <>
      <button
        type="button"
        id={`${id}-target`}
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        data-on={on || undefined}
        ref={(element) => {
          own.current = element;
          if (typeof props.button === 'function') props.button(element);
          else if (props.button) props.button.current = element;
        }}
        onMouseEnter={come}
        onFocus={come}
        onClick={() => {
          come();
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      <Suspense>
        {near && own.current && (
          <DropdownList
            id={id}
            by={own.current}
            {...{ open, setOpen, sections, width, position }}
          />
        )}
      </Suspense>
    </>
  );
}
