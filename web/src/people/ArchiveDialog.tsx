import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { StepButton } from '../parts/StepButton';

interface Props {
  title: string;
  lead: string;
  keep: string;
  go: string;
  busy: string;
  send: () => Promise<unknown>;
  onDone: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is archived; the focus is on the safe button. */
export function ArchiveDialog({ title, lead, keep, go, busy, send, onDone, onClose }: Props) {
  const { mutate, error, isPending } = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  return (
    <Dialog title={title} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">{lead}</p>
      <Bad error={error} />
      <div className="dlg-acts">
        <Button data-autofocus onClick={onClose}>
          {keep}
        </Button>
        <StepButton variant="danger" busy={isPending} busyWord={busy} onClick={() => mutate()}>
          {go}
        </StepButton>
      </div>
    </Dialog>
  );
}
