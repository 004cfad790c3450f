import { Button, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconChevronDown, IconPencil, IconSparkles } from '@tabler/icons-react';
import { Bad } from '../parts/Bad';
import { Chip } from '../parts/Chip';
import { Dropdown, type Section } from '../parts/Dropdown';
import { tongue } from '../words/format';
import { t } from '../words/words';
import type { Request } from './queries';
import { occasionsFor, type Letter } from './useLetter';

interface Props {
  request: Request;
  letter: Letter;
  editing: boolean;
  setEditing?: (editing: boolean) => void;
  onSend: () => void;
}

/** The letter: which template, how it reads, and the place to change it. */
export function LetterCard({ request, letter, editing, setEditing, onSend }: Props) {
  const { text, own } = letter;
  const writes = setEditing !== undefined && (editing || (own !== null && own.body === ''));
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('reply.title')}</h2>
        <span className="dim">
          {t('reply.chosen', {
            type: t(`type.${request.type}`),
            decision: t(
              `decision.${occasionsFor(request)[0]! as 'granted' | 'partly' | 'refused'}`,
            ),
            language: tongue(request.language),
          })}
        </span>
      </div>
      <div className="letter-bar">
        <Pick letter={letter} request={request} off={setEditing === undefined} />
        <DraftSays letter={letter} />
      </div>
      <Bad error={letter.error} title={t('problem.load_title')} />
      {text && (
        <article className="letter" aria-label={t('reply.to_be_sent')}>
          <header>
            <b>{t('reply.to_be_sent')}</b>
            {setEditing && (
              <span className="row end">
                {own && letter.template && (
                  <Button size="xs" variant="quiet" onClick={() => letter.pick(letter.template)}>
                    {t('reply.start_over')}
                  </Button>
                )}
                <Button
                  size="xs"
                  variant="quiet"
                  leftSection={writes ? undefined : <IconPencil size={14} aria-hidden />}
                  onClick={() => setEditing(!writes)}
                >
                  {writes ? t('reply.done') : t('reply.edit')}
                </Button>
              </span>
            )}
          </header>
          {writes ? <Editor letter={letter} onSend={onSend} /> : <Body {...text} />}
        </article>
      )}
      {text && letter.templateName && (
        <p className="foot-note">
          <IconSparkles size={15} stroke={1.8} aria-hidden />
          {own ? t('reply.edited') : t('reply.from_template', { name: letter.templateName })}
        </p>
      )}
    </section>
  );
}

export const Body = ({ subject, body }: { subject: string; body: string }) => (
  <div className="letter-body">
    <p className="subject" dir="auto">
      {subject}
    </p>
    <p className="pre" dir="auto">
      {body}
    </p>
  </div>
);

function Editor({ letter, onSend }: { letter: Letter; onSend: () => void }) {
  const text = letter.own ?? letter.text!;
  const change = (to: Partial<typeof text>) =>
    letter.write({ subject: text.subject, body: text.body, ...to });
  return (
    <div
      className="letter-edit"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onSend();
      }}
    >
      <TextInput
        label={t('reply.subject')}
        dir="auto"
        maxLength={300}
        value={text.subject}
        onChange={({ currentTarget }) => change({ subject: currentTarget.value })}
      />
      <Textarea
        label={t('reply.body')}
        dir="auto"
        autosize
        minRows={12}
        autoFocus
        value={text.body}
        onChange={({ currentTarget }) => change({ body: currentTarget.value })}
      />
    </div>
  );
}

function Pick({ letter, request, off }: { letter: Letter; request: Request; off: boolean }) {
  const [first] = occasionsFor(request);
  const entry = ({ id, name, language }: Letter['fitting'][number]) => ({
    key: id,
    word: <bdi>{name}</bdi>,
    end:
      id === letter.template ? (
        <IconCheck size={15} aria-label={t('chosen')} />
      ) : language !== request.language ? (
        <small>{tongue(language)}</small>
      ) : undefined,
    run: () => letter.pick(id),
  });
  const fits = letter.fitting.filter(({ occasion }) => occasion === first);
  const others = letter.fitting.filter(({ occasion }) => occasion !== first);
  const sections: Section[] = [
    { label: t('reply.fits'), entries: fits.map(entry) },
    ...(others.length
      ? [
          {
            label: t('reply.others', { type: t(`type.${request.type}`) }),
            entries: others.map(entry),
          },
        ]
      : []),
    { entries: [{ key: 'blank', word: t('reply.blank'), run: () => letter.pick('') }] },
  ];
  const content = (
    <>
      <span>
        <small>{t('reply.template')}</small>
        <bdi>{letter.templateName ?? (letter.own ? t('reply.own_words') : t('reply.none'))}</bdi>
      </span>
      {letter.template !== '' && letter.template === letter.best && (
        <Chip tone="ink">{t('reply.best')}</Chip>
      )}
    </>
  );
  if (off) return <span className="pick">{content}</span>;
  return (
    <Dropdown className="pick" sections={sections} width={330}>
      {content}
      <IconChevronDown size={15} stroke={2} className="end" aria-hidden />
    </Dropdown>
  );
}

function DraftSays({ letter: { draftState, own } }: { letter: Letter }) {
  if (!own || draftState === 'none') return null;
  const words = {
    saving: t('reply.draft_saving'),
    saved: t('reply.draft_kept'),
    failed: t('reply.draft_failed'),
  }[draftState];
  return (
    <span className={draftState === 'failed' ? 'bad' : 'dim'} role="status">
      {words}
    </span>
  );
}
