import { IconCheck, IconPoint } from '@tabler/icons-react';
import { t } from '../words/words';

interface Props {
  password: string;
  own: string[];
}

const plain = (text: string) =>
  text
    .toLocaleLowerCase()
    .replace(/\s/g, '')
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** A first look, so that nobody guesses the rules. The server knows the 10,000 commonest. */
function rulesMet(password: string, own: string[]) {
  const length = [...password].length;
  const core = plain(password);
  const pieces = ['quittance', ...own.flatMap((text) => text.split(/[\s@.]+/))]
    .map(plain)
    .filter((piece) => piece.length > 2);
  const left = pieces.reduce((rest, piece) => rest.replaceAll(piece, ''), core);
  const varied = new Set(password).size > 4 && core.length > 3;
  return {
    length: length >= 12 && length <= 128,
    plain: length >= 12 && varied,
    own: length > 0 && left.length > 2,
  };
}

/** The rules of a new password, each with its mark as soon as it is met. */
export function PasswordRules({ password, own }: Props) {
  const met = rulesMet(password, own);
  return (
    <ul className="rules">
      {(['length', 'plain', 'own'] as const).map((rule) => (
        <li key={rule} data-met={met[rule] || undefined}>
          {met[rule] ? (
            <IconCheck size={14} stroke={2.4} role="img" aria-label={t('gate.rule_met')} />
          ) : (
            <IconPoint size={14} aria-hidden />
          )}
          {t(`gate.rules.${rule}`)}
        </li>
      ))}
    </ul>
  );
}
