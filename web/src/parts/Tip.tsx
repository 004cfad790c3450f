import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** Extra facts about what stands there: on hover and on focus, gone with Escape. */
export function Tip({ says, children }: { says: ReactNode; children: ReactNode }) {
  const at = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();
  const timer = useRef(0);
  const show = (wait: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(true), wait);
  };
  const hide = (wait = 0) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(false), wait);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return (
    <span
      className="tipped"
      ref={at}
      tabIndex={0}
      aria-describedby={open ? id : undefined}
      onMouseEnter={() => show(350)}
      onMouseLeave={() => hide(120)}
      onFocus={() => show(0)}
      onBlur={() => hide()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        hide();
      }}
    >
      {children}
      {open && at.current && <Bubble id={id} by={at.current} says={says} />}
    </span>
  );
}

function Bubble({ id, by, says }: { id: string; by: HTMLElement; says: ReactNode }) {
  const bubble = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = bubble.current!;
    const { left, top, bottom, width } = by.getBoundingClientRect();
    const x = left + width / 2 - box.offsetWidth / 2;
    const below = bottom + 6 + box.offsetHeight < window.innerHeight;
    box.style.left = `${Math.max(8, Math.min(x, window.innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${below ? bottom + 6 : top - 6 - box.offsetHeight}px`;
  }, [by]);
  return createPortal(
    <div className="tip" role="tooltip" id={id} ref={bubble}>
      {says}
    </div>,
    document.getElementById('pop') ?? document.body,
  );
}
