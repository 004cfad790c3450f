import { Button, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import '../styles/fields';
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

function Editor({ template }: { template: Template & { etag: string } }) {
  useTitle(template.name);
  const works = canWork(useSession().agent.role);
  const queries = useQueryClient();
  const { name, subject, body: text } = template;
  const { values, set, text: bind } = useFields({ name, subject, body: text });
  const area = useRef<HTMLTextAreaElement>(null);
  const known = variablesFor(template.occasion);
  const flaws = [...flawsIn(values.subject, known), ...flawsIn(values.body, known)];
  const changed = values.name !== name || values.subject !== subject || values.body !== text;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      tagged(
        api.PUT('/api/v1/templates/{id}', {
          params: { path: { id: template.id }, ...ifMatch(template.etag) },
          body: {
            type: template.type,
            occasion: template.occasion,
            language: template.language,
            ...values,
          },
        }),
      ),
    onSuccess: async ({ version }) => {
      say(t('templates.saved', { version }));
      await queries.invalidateQueries({ queryKey: keys.templates });
    },
  });
  useFirstWrong(error);
  useBlocker({
    shouldBlockFn: () => changed && !isPending && !window.confirm(t('templates.leave')),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  const insert = (words: string) => {
    const field = area.current!;
    const { selectionStart, selectionEnd, value } = field;
    set({ body: value.slice(0, selectionStart) + words + value.slice(selectionEnd) });
    window.setTimeout(() => {
      field.focus();
      field.setSelectionRange(selectionStart + words.length, selectionStart + words.length);
    }, 0);
  };
  return (
    <main className="fill" id="main" tabIndex={-1}>
      <header className="bar">
        <Link className="icon-btn" to={paths.templates} aria-label={t('templates.back')}>
          <IconArrowLeft size={18} stroke={1.8} className="flip" aria-hidden />
        </Link>
        <h1 tabIndex={-1} className="cut">
          <bdi>{name}</bdi>
        </h1>
        <span className="dim hide-s cut">
          {t(`type.${template.type}`)} · {t(`templates.occasions.${template.occasion}`)} ·{' '}
          {t('templates.version', { version: template.version, time: time(template.updated_at) })}
        </span>
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
      </header>
      <Offline />
      <div className="template">
        <section className="template-edit fields" aria-label={t('templates.edit')}>
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
          <TextInput
            label={t('templates.name')}
            dir="auto"
            maxLength={200}
            readOnly={!works}
            error={wrong('/name')}
            {...bind('name')}
          />
          <TextInput
            label={t('templates.subject')}
            dir="auto"
            maxLength={300}
            readOnly={!works}
            error={wrong('/subject')}
            {...bind('subject')}
          />
          <Textarea
            ref={area}
            label={t('templates.body')}
            description={t('templates.body_help')}
            dir="auto"
            autosize
            minRows={16}
            readOnly={!works}
            error={wrong('/body')}
            {...bind('body')}
          />
        </section>
        <section className="template-view" aria-label={t('templates.preview')}>
          <Preview occasion={template.occasion} {...values} />
          <Variables occasion={template.occasion} onInsert={works ? insert : undefined} />
        </section>
      </div>
    </main>
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
