import { t } from '../words/words';
import { insertionOf, variablesFor, type Occasion } from './variables';

interface Props {
  occasion: Occasion;
  onInsert?: (words: string) => void;
}

/** What a letter of this occasion may fill in, each with what it means. */
export function Variables({ occasion, onInsert }: Props) {
  return (
    <div className="part">
      <div className="part-head">
        <h2>{t('templates.variables')}</h2>
        {onInsert && <span className="dim">{t('templates.variables_more')}</span>}
      </div>
      <ul className="vars">
        {variablesFor(occasion).map((name) => (
          <li key={name}>
            {onInsert ? (
              <button type="button" onClick={() => onInsert(insertionOf(name))}>
                <bdi dir="ltr">{`{{${name}}}`}</bdi>
              </button>
            ) : (
              <code>{`{{${name}}}`}</code>
            )}
            <small>{t(`templates.means.${name}`)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
