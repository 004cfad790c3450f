import { Button, type ButtonProps } from '@mantine/core';
import { createContext, useContext, useRef, type ComponentProps } from 'react';
import { useOfflineSince } from '../api/connection';

/** The id of the sentence that says why a step is disabled. */
const Reason = createContext<string | undefined>(undefined);
export const StepReason = Reason.Provider;

interface Props extends ButtonProps, Omit<ComponentProps<'button'>, keyof ButtonProps> {
  /** It stays where it is and can be reached by keyboard, but does nothing. */
  off?: boolean;
  busy?: boolean;
  busyWord?: string;
}

/** A button that does something on the server. Busy, it changes its word and keeps its width. */
export function StepButton({ off, busy, busyWord, onClick, children, ...props }: Props) {
  const reason = useContext(Reason);
  const offline = useOfflineSince() !== null;
  const width = useRef(0);
  const own = useRef<HTMLButtonElement>(null);
  const dead = off || busy || offline;
  if (!busy && own.current) width.current = own.current.offsetWidth;
  return (
    <Button
      {...props}
      ref={own}
      aria-disabled={dead || undefined}
      aria-describedby={dead ? reason : undefined}
      aria-busy={busy || undefined}
      rightSection={busy ? undefined : props.rightSection}
      leftSection={busy ? undefined : props.leftSection}
      style={busy ? { minWidth: width.current } : undefined}
      onClick={(event) => {
        if (dead) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? (busyWord ?? children) : children}
    </Button>
  );
}
