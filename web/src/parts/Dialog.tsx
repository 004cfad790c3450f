import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '../styles/form.css';
import { t } from '../words/words';
import { useFocusBack } from './focusBack';

interface Props {
  title: string;
  onClose: () => void;
  size?: number;
  /** While the server decides, nothing closes it. */
  busy?: boolean;
  /** Only its own buttons close it. */
  locked?: boolean;
  children: ReactNode;
}

export function Dialog({
  title,
  onClose,
  size = 480,
  busy = false,
  locked = false,
  children,
}: Props) {
  useFocusBack();
  return (
    <Modal
      opened
      onClose={busy || locked ? () => {} : onClose}
      withCloseButton={!locked}
      title={title}
      size={size}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ body: 'dlg' }}
      // The key that opened it, still held down, must not press its button.
      onKeyDownCapture={(event) => {
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
      }}
    >
      {children}
    </Modal>
  );
}
