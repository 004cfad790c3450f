import '../styles/palette.css';
import { t } from '../words/words';
import { Dialog } from './Dialog';
import { Key, modKey } from './Key';
import { useSingleKeys } from './preferences';

const shortcuts = [
  ['next', 'J'],
  ['previous', 'K'],
  ['open', '↵'],
  ['back', 'Esc'],
  ['search', '/'],
  ['commands', `${modKey} K`],
  ['step', 'C'],
  ['reply', 'R'],
  ['assign', 'A'],
  ['history', 'H'],
  ['enter', 'N'],
  ['send', `${modKey} ↵`],
  ['go', 'G R T S'],
  ['help', '?'],
] as const;

export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const single = useSingleKeys();
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} size={620}>
      {!single && <p className="dlg-lead">{t('shortcuts.off')}</p>}
      <div className="keys-table">
        {shortcuts.map(([word, keys]) => (
          <div key={word}>
            <span>{t(`shortcuts.${word}`)}</span>
            <span className="row">
              {keys.split(' ').map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
