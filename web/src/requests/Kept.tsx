import { Button, Select, TextInput } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { groundsQuery, type Ground } from '../api/catalogue';
import type { Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { t } from '../words/words';

export type Exception = Schemas['Attestation']['exceptions'][number];

interface Props {
  type: Schemas['Type'];
  kept: Exception[];
  set?: (kept: Exception[]) => void;
  error: unknown;
}

/** "wait": what is done later, such as back-ups that are overwritten. */
const allows = ({ kind }: Ground) => kind === 'keep' || kind === 'wait';

/** What stays, each with the ground that allows it. */
export function Kept({ type, kept, set, error }: Props) {
  const grounds = (useQuery(groundsQuery(type)).data ?? []).filter(allows);
  if (grounds.length === 0 && kept.length === 0) return null;
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.process.kept_title')}</h2>
      </div>
      <p className="dim measure systems-help">
        {kept.length === 0 ? t('request.process.kept_none') : t('request.process.kept_help')}
      </p>
      {kept.map((at, n) =>
        set ? (
          <KeptFields
            key={n}
            n={n}
            at={at}
            grounds={grounds}
            error={error}
            set={(to) => set(to ? kept.with(n, to) : kept.filter((_, m) => m !== n))}
          />
        ) : (
          <KeptLine key={n} {...at} words={grounds.find(({ id }) => id === at.ground)?.name} />
        ),
      )}
      {set && grounds.length > 0 && (
        <Button
          size="xs"
          className="kept-add"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set([...kept, { system: '', ground: '', until: null }])}
        >
          {t('request.process.add_kept')}
        </Button>
      )}
    </section>
  );
}

interface FieldsProps {
  n: number;
  at: Exception;
  grounds: Ground[];
  error: unknown;
  /** null takes it away. */
  set: (to: Exception | null) => void;
}

function KeptFields({ n, at, grounds, error, set }: FieldsProps) {
  const wrong = (name: string) =>
    isProblem(error) ? error.at(`/exceptions/${n}/${name}`) : undefined;
  return (
    <div className="kept" role="group" aria-label={`${t('request.process.kept_title')} ${n + 1}`}>
      <div className="fields-2">
        <TextInput
          label={t('request.process.kept_system')}
          dir="auto"
          maxLength={200}
          value={at.system}
          onChange={({ currentTarget }) => set({ ...at, system: currentTarget.value })}
          error={wrong('system')}
        />
        <TextInput
          label={t('request.process.kept_until')}
          placeholder={t('request.process.kept_until_help')}
          dir="auto"
          maxLength={200}
          value={at.until ?? ''}
          onChange={({ currentTarget }) => set({ ...at, until: currentTarget.value || null })}
          error={wrong('until')}
        />
      </div>
      <Select
        label={t('request.process.kept_ground')}
        value={at.ground || null}
        onChange={(ground) => set({ ...at, ground: ground ?? '' })}
        data={grounds.map(({ id, name }) => ({ value: id, label: name }))}
        error={wrong('ground')}
      />
      <div>
        <Button size="xs" variant="quiet" onClick={() => set(null)}>
          {t('request.process.kept_remove')}
        </Button>
      </div>
    </div>
  );
}

export function KeptLine({ system, ground, until, words }: Exception & { words?: string }) {
  const gaps = { system, ground: words ?? ground };
  return (
    <p className="foot-note">
      <IconLock size={15} stroke={1.8} aria-hidden />
      <bdi>
        {until
          ? t('request.process.kept_line_until', { ...gaps, until })
          : t('request.process.kept_line', gaps)}
      </bdi>
    </p>
  );
}
