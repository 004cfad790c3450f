import type { Schemas } from '../api/client';
import { t } from '../words/words';

export type Occasion = Schemas['Occasion'];
export const occasions: Occasion[] = [
  'acknowledgement',
  'verification',
  'granted',
  'partly',
  'refused',
  'nothing_found',
];
/** Those of the public side (pages/languages.yaml). */
export const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'he'];
/** Quittance sends these by itself; the others are chosen in Reply. */
export const automatic: Occasion[] = ['acknowledgement', 'verification'];

const answers: Occasion[] = ['granted', 'partly', 'refused', 'nothing_found'];
const found: Occasion[] = ['granted', 'partly', 'nothing_found'];

// docs/letters.md has the same table; the server refuses what it does not know.
const where = {
  greeting: occasions,
  reference: occasions,
  received_on: occasions,
  address: occasions,
  company: occasions,
  privacy_email: occasions,
  signature: occasions,
  due_on: ['acknowledgement'],
  due_reason: ['acknowledgement'],
  status_url: ['acknowledgement'],
  link: ['verification'],
  code: ['verification'],
  code_minutes: ['verification'],
  has_places: found,
  places: found,
  name: found,
  done_on: found,
  has_kept: ['partly'],
  kept: ['partly'],
  sentence: ['partly'],
  reason: ['refused'],
  complaint_sentence: answers,
} satisfies Record<string, Occasion[]>;

export type Variable = keyof typeof where;

export const variablesFor = (occasion: Occasion): Variable[] =>
  (Object.keys(where) as Variable[]).filter((name) =>
    (where[name] as Occasion[]).includes(occasion),
  );

/** How a variable is put into the text. */
export function insertionOf(name: Variable): string {
  if (name === 'places') return '{{#places}}\n- {{name}}\n{{/places}}';
  if (name === 'kept') return '{{#kept}}\n- {{name}}: {{sentence}}\n{{/kept}}';
  if (name === 'has_places' || name === 'has_kept') return `{{#${name}}}…{{/${name}}}`;
  return `{{${name}}}`;
}

/** An invented requester, for the preview. */
export function sample(company: string): Record<string, unknown> {
  return {
    greeting: t('templates.sample.greeting'),
    reference: 'Q-7F3K-92MD',
    received_on: t('templates.sample.received_on'),
    address: 'ana.diaz@mail.example',
    company,
    privacy_email: 'privacy@company.example',
    signature: company,
    due_on: t('templates.sample.due_on'),
    due_reason: t('templates.sample.due_reason'),
    status_url: 'https://privacy.company.example/r/…',
    link: 'https://privacy.company.example/confirm/…',
    code: '4821 7390',
    code_minutes: '10',
    has_places: true,
    places: [{ name: t('templates.sample.name') }, { name: t('templates.sample.name_2') }],
    done_on: t('templates.sample.done_on'),
    has_kept: true,
    kept: [{ name: t('templates.sample.kept'), sentence: t('templates.sample.sentence') }],
    reason: t('templates.sample.reason'),
    complaint_sentence: t('templates.sample.complaint_sentence'),
  };
}
