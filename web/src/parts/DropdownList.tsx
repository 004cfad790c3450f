import { Menu } from '@mantine/core';
import { Fragment, useEffect, type Ref } from 'react';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import type { Section } from './Dropdown';

interface Props {
  id: string;
  by: HTMLButtonElement;
  open: boolean;
  setOpen: (open: boolean) => void;
  sections: Section[];
  width: number;
  position: 'bottom-start' | 'bottom-end' | 'top-start' | 'right-end';
}

/** Hands the button, which stands elsewhere, to Mantine as the menu's target. */
function Target({ by, ref }: { by: HTMLElement; ref?: Ref<HTMLElement> }) {
  useEffect(() => {
    if (typeof ref === 'function') ref(by);
    else if (ref) ref.current = by;
  }, [by, ref]);
  return null;
}

export default function DropdownList(props: Props) {
  const { id, by, open, setOpen, sections, width, position } = props;
  const close = () => {
    setOpen(false);
    by.focus();
  };
  return (
    <Menu
      id={id}
      opened={open}
      onChange={setOpen}
      width={width}
      position={position}
      returnFocus={false}
    >
      <Menu.Target>
        <Target by={by} />
      </Menu.Target>
      <Menu.Dropdown onKeyDownCapture={(event) => event.key === 'Escape' && close()}>
        {sections.map((section, n) => (
          <Fragment key={section.label ?? n}>
            {n > 0 && <Menu.Divider />}
            {section.label && <Menu.Label>{section.label}</Menu.Label>}
            {section.entries.map((entry) => (
              <Menu.Item
                key={entry.key}
                leftSection={entry.icon}
                rightSection={entry.why ? <small>{entry.why}</small> : entry.end}
                data-tone={entry.tone}
                aria-disabled={entry.why ? true : undefined}
                closeMenuOnClick={!entry.why}
                onClick={() => {
                  if (entry.why) return;
                  close();
                  entry.run();
                }}
              >
                {entry.word}
              </Menu.Item>
            ))}
            {section.note && <Menu.Label>{section.note}</Menu.Label>}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
