import { Button, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState, type ReactNode, type Ref } from 'react';
import '../styles/fields';
import '../styles/letter.css';
import '../styles/request.css';
import '../styles/settings.css';
import { api, body, ifMatch, tagged } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { canWork, useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { Missing } from '../parts/Broken';
import { useFields, useFirstWrong } from '../parts/fields';
import { Notice } from '../parts/Notice';
import { Offline } from '../parts/Offline';
import { StepButton } from '../parts/StepButton';
import { useTitle } from '../parts/title';
import { say } from '../parts/toast';
import { paths } from '../paths';
import { ArchiveDialog } from '../people/ArchiveDialog';
import { time } from '../words/format';
import { t } from '../words/words';
import { flawsIn } from './mustache';
import { Preview } from './Preview';
import { templateQuery, type Template } from './queries';
import { Variables } from './Variables';
import { variablesFor } from './variables';

export default function TemplatePage() {
  const { id } = useParams({ from: '/shell/templates/$id' });
  const { data, error } = useQuery({ ...templateQuery(id), refetchOnWindowFocus: false });
  if (isProblem(error) && error.status === 404) return <Missing />;
  if (data) return <Editor key={data.etag} template={data} />;
  return (
    <main className="fill" id="main" tabIndex={-1} aria-busy={!error}>
      <Bad error={error} title={t('problem.load_title')} />
    </main>
  );
}

type Words = Pick<Template, 'name' | 'subject' | 'body'>;
interface Tagged extends Template {
  etag: string;
}

function useSave(template: Tagged, values: Words) {
  const queries = useQueryClient();
  const { type, occasion, language, id, etag } = template;
  return useMutation({
    mutationFn: () =>
      tagged(
        api.PUT('/api/v1/templates/{id}', {
          params: { path: { id }, ...ifMatch(etag) },
          body: { type, occasion, language, ...values },
        }),
      ),
    onSuccess: async ({ version }) => {
      say(t('templates.saved', { version }));
      await queries.invalidateQueries({ queryKey: keys.templates });
    },
  });
}

const wordsOf = ({ name, subject, body: text }: Template): Words => ({ name, subject, body: text });

function Editor({ template }: { template: Tagged }) {
  useTitle(template.name);
  const works = canWork(useSession().agent.role);
  const { values, set, text } = useFields(wordsOf(template));
  const { mutate, error, isPending } = useSave(template, values);
  const area = useRef<HTMLTextAreaElement>(null);
  const known = variablesFor(template.occasion);
  const flaws = [...flawsIn(values.subject, known), ...flawsIn(values.body, known)];
  const changed = JSON.stringify(values) !== JSON.stringify(wordsOf(template));
  useFirstWrong(error);
  useBlocker({
    shouldBlockFn: () => changed && !isPending && !window.confirm(t('templates.leave')),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
  return (
    <main className="fill" id="main" tabIndex={-1}>
      <Bar template={template}>
        {works && <Archive template={template} />}
        {works && (
          <StepButton
            variant="primary"
            off={!changed || flaws.length > 0}
            busy={isPending}
            busyWord={t('saving')}
            onClick={() => mutate()}
          >
            {t('save')}
          </StepButton>
        )}
      </Bar>
      <Offline />
      <div className="template">
        <section className="template-edit fields" aria-label={t('templates.edit')}>
          <Flaws error={error} flaws={flaws} />
          <Fields text={text} error={error} area={area} works={works} />
        </section>
        <section className="template-view" aria-label={t('templates.preview')}>
          <Preview {...values} />
          <Variables
            occasion={template.occasion}
            onInsert={works ? (words) => set({ body: insert(area.current!, words) }) : undefined}
          />
        </section>
      </div>
    </main>
  );
}

/** The text with the words where the cursor is; the cursor stands behind them afterwards. */
function insert(field: HTMLTextAreaElement, words: string): string {
  const { selectionStart, selectionEnd, value } = field;
  window.setTimeout(() => {
    field.focus();
    field.setSelectionRange(selectionStart + words.length, selectionStart + words.length);
  }, 0);
  return value.slice(0, selectionStart) + words + value.slice(selectionEnd);
}

const Bar = ({ template, children }: { template: Template; children: ReactNode }) => (
  <header className="bar">
    <Link className="icon-btn" to={paths.templates} aria-label={t('templates.back')}>
      <IconArrowLeft size={18} stroke={1.8} className="flip" aria-hidden />
    </Link>
    <h1 tabIndex={-1} className="cut">
      <bdi>{template.name}</bdi>
    </h1>
    <span className="dim hide-s cut">
      {t(`type.${template.type}`)} · {t(`templates.occasions.${template.occasion}`)} ·{' '}
      {t('templates.version', { version: template.version, time: time(template.updated_at) })}
    </span>
    {children}
  </header>
);

function Flaws({ error, flaws }: { error: unknown; flaws: string[] }) {
  return (
    <>
      {isProblem(error, 'stale') ? (
        <Notice tone="bad" title={t('templates.stale')} />
      ) : (
        <Bad error={error} shown={['/name', '/subject', '/body']} />
      )}
      {flaws.length > 0 && (
        <Notice tone="warn" title={t('templates.wrong_title')}>
          <ul>
            {flaws.map((flaw) => (
              <li key={flaw}>{flaw}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

interface FieldsProps {
  text: ReturnType<typeof useFields<Words>>['text'];
  error: unknown;
  area: Ref<HTMLTextAreaElement>;
  works: boolean;
}

function Fields({ text, error, area, works }: FieldsProps) {
  const field = (name: keyof Words) => ({
    ...text(name),
    dir: 'auto',
    readOnly: !works,
    error: isProblem(error) ? error.at(`/${name}`) : undefined,
  });
  return (
    <>
      <TextInput label={t('templates.name')} maxLength={200} {...field('name')} />
      <TextInput label={t('templates.subject')} maxLength={300} {...field('subject')} />
      <Textarea
        ref={area}
        label={t('templates.body')}
        description={t('templates.body_help')}
        autosize
        minRows={16}
        {...field('body')}
      />
    </>
  );
}

function Archive({ template }: { template: Template }) {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <>
      <Button className="end" variant="quiet" onClick={() => setAsking(true)}>
        {t('templates.archive')}
      </Button>
      {asking && (
        <ArchiveDialog
          title={t('templates.archive_title', { name: template.name })}
          lead={t('templates.archive_lead')}
          keep={t('templates.archive_keep')}
          go={t('templates.archive_go')}
          busy={t('templates.archiving')}
          onClose={() => setAsking(false)}
          send={() =>
            body(api.DELETE('/api/v1/templates/{id}', { params: { path: { id: template.id } } }))
          }
          onDone={async () => {
            await navigate({ to: paths.templates, ignoreBlocker: true });
            await queries.invalidateQueries({ queryKey: keys.templates, exact: true });
          }}
        />
      )}
    </>
  );
}
