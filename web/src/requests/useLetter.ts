import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { say } from '../parts/toast';
import { templatesQuery, type Template } from '../templates/queries';
import { t } from '../words/words';
import type { Request } from './queries';

type Occasion = Schemas['Occasion'];
export type DraftState = 'none' | 'saving' | 'saved' | 'failed';

const draftQuery = (id: string) =>
  queryOptions({
    queryKey: keys.draft(id),
    queryFn: async () => {
      try {
        return await body(
          api.GET('/api/v1/requests/{id}/reply/draft', { params: { path: { id } } }),
        );
      } catch (error) {
        if (isProblem(error) && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: Infinity,
    gcTime: 0,
  });

const previewQuery = (id: string, template: string) =>
  queryOptions({
    queryKey: keys.preview(id, template),
    queryFn: () =>
      body(
        api.GET('/api/v1/requests/{id}/reply/preview', {
          params: { path: { id }, query: { template } },
        }),
      ),
    enabled: template !== '',
    staleTime: 30_000,
  });

/** Occasions whose letters fit what was decided, best first. */
export function occasionsFor(request: Request): Occasion[] {
  if (request.decision === 'refused') return ['refused'];
  const kept = (request.attestation?.exceptions.length ?? 0) > 0;
  return kept ? ['partly', 'nothing_found'] : ['granted', 'nothing_found', 'partly'];
}

function rank(templates: Template[], request: Request) {
  const occasions = occasionsFor(request);
  // "de-AT" is answered in "de".
  const spoken = request.language.split('-')[0]!.toLowerCase();
  const tongue = (at: Template) => (at.language === spoken ? 0 : at.language === 'en' ? 1 : 2);
  return templates
    .filter(({ type, occasion }) => type === request.type && occasions.includes(occasion))
    .sort(
      (a, b) =>
        occasions.indexOf(a.occasion) - occasions.indexOf(b.occasion) ||
        tongue(a) - tongue(b) ||
        a.name.localeCompare(b.name),
    );
}

interface Text {
  subject: string;
  body: string;
}
const nothing: Text = { subject: '', body: '' };

const isBlank = ({ subject, body: words }: Text) => subject.trim() === '' && words.trim() === '';

/**
 * The letter as it is being written: a template as it is, or words that an agent changed. Those are
 * kept on the server as a draft while they are written, never in the browser. A draft without words
 * means: this template, as it is.
 */
export function useLetter(request: Request) {
  const fitting = rank(useQuery(templatesQuery).data ?? [], request);
  const [hasDraft] = useState(request.reply_draft_at !== null);
  const draft = useQuery({ ...draftQuery(request.id), enabled: hasDraft });
  const [picked, setPicked] = useState<string | null>(null);
  const [own, setOwn] = useState<Text | null>(null);
  const { save, drop, state } = useAutosave(request.id);
  const started = !hasDraft || draft.data !== undefined;
  // A draft is taken up once; what comes back later is what we sent ourselves.
  const taken = useRef(false);
  useEffect(() => {
    if (taken.current || !draft.data) return;
    taken.current = true;
    setPicked(draft.data.template ?? '');
    if (!isBlank(draft.data)) setOwn({ subject: draft.data.subject, body: draft.data.body });
  }, [draft.data]);
  const best = fitting[0]?.id ?? '';
  const template = picked ?? best;
  const preview = useQuery({
    ...previewQuery(request.id, template),
    enabled: started && template !== '' && own === null,
  });
  const write = (text: Text) => {
    setOwn(text);
    save({ template: template || null, ...text });
  };
  const pick = (id: string) => {
    const before = own && !isBlank(own) ? { template, own } : null;
    setPicked(id);
    setOwn(id === '' ? nothing : null);
    save({ template: id || null, ...nothing });
    if (!before) return;
    say(t('reply.replaced'), {
      word: t('undo'),
      run: () => {
        setPicked(before.template);
        setOwn(before.own);
        save({ template: before.template || null, ...before.own });
      },
    });
  };
  return {
    fitting,
    best,
    template,
    templateName: fitting.find(({ id }) => id === template)?.name,
    own,
    text: own ?? preview.data ?? null,
    error: draft.error ?? (own ? null : preview.error),
    draftState: state,
    pick,
    write,
    /** It is on its way: nothing is left to keep. */
    drop,
  };
}

export type Letter = ReturnType<typeof useLetter>;

/** Saves a while after the last word, and at once when the page is left. */
function useAutosave(id: string) {
  const [state, setState] = useState<DraftState>('none');
  const waiting = useRef<{ draft: Schemas['Draft']; timer: number } | null>(null);
  const send = async () => {
    const draft = waiting.current?.draft;
    waiting.current = null;
    if (!draft) return;
    try {
      await body(
        api.PUT('/api/v1/requests/{id}/reply/draft', { params: { path: { id } }, body: draft }),
      );
      setState('saved');
    } catch {
      setState('failed');
    }
  };
  const save = (draft: Schemas['Draft']) => {
    window.clearTimeout(waiting.current?.timer);
    setState('saving');
    waiting.current = { draft, timer: window.setTimeout(() => void send(), 700) };
  };
  const drop = () => {
    window.clearTimeout(waiting.current?.timer);
    waiting.current = null;
  };
  const last = useRef(send);
  last.current = send;
  useEffect(() => () => void last.current(), []);
  return { save, drop, state };
}
