import type { Schemas } from '../api/client';

export const channels = ['phone', 'letter', 'counter', 'email'] as const;

export const emptyIntake = {
  channel: 'phone' as (typeof channels)[number],
  type: 'erase' as Schemas['Type'],
  name: '',
  email: '',
  country: '',
  region: '',
  received_on: '',
  message: '',
};
export type IntakeValues = typeof emptyIntake;

/** Where each field stands in the body. */
export const pointers = [
  '/type',
  '/requester/name',
  '/requester/email',
  '/country',
  '/region',
  '/received_on',
  '/details/message',
];

export function intakeOf(values: IntakeValues): Schemas['Intake'] {
  const { channel, type, name, email, country, region, received_on, message } = values;
  return {
    channel,
    type,
    requester: { name: name.trim() || null, email: email.trim() || null },
    country,
    region: region || null,
    received_on: received_on || null,
    details: message.trim() ? { message: message.trim() } : null,
  };
}
