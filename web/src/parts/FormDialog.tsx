import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import '../styles/fields';
import { t } from '../words/words';
import { Bad } from './Bad';
import { Dialog } from './Dialog';
import { useFirstWrong } from './fields';
import { StepButton } from './StepButton';

interface Props {
  title: string;
  lead?: ReactNode;
  size?: number;
  /** What the button does, now and while it is being done. */
  word: string;
  busyWord?: string;
  /** The way back. */
  back?: string;
  danger?: boolean;
  off?: boolean;
  busy: boolean;
  error: unknown;
  /** Pointers of the fields that show their own error. */
  shown?: readonly string[];
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with fields: the way back at the start, the verb at the end. */
export function FormDialog(props: Props) {
  const { title, lead, size, word, busyWord, danger, off, busy, error, onClose } = props;
  useFirstWrong(error);
  return (
    <Dialog title={title} onClose={onClose} size={size} busy={busy}>
      {lead && <p className="dlg-lead">{lead}</p>}
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !off) props.onSubmit();
        }}
      >
        {props.children}
        <Bad error={error} shown={props.shown} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{props.back ?? t('cancel')}</Button>
          <StepButton
            type="submit"
            variant={danger ? 'danger' : 'primary'}
            off={off}
            busy={busy}
            busyWord={busyWord}
          >
            {word}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
