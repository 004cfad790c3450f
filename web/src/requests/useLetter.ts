import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { templatesQuery, type Template } from '../templates/queries';
import type { Request } from './queries';

type Occasion = Schemas['Occasion'];
export type DraftState = 'none' | 'saving' | 'saved' | 'failed';

const draftQuery = (id: string) =>
  queryOptions({
    queryKey: keys.draft(id),
    queryFn: async () => {
      try {
        return await body(api.GET('/api/v1/requests/{id}/reply/draft', { params: { path: { id } } }));
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
  const tongue = (at: Template) => (at.language === request.language ? 0 : at.language === 'en' ? 1 : 2);
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

/**
 * The letter as it is being written: a template as it is, or words that an agent changed. Those are
 * kept on the server as a draft while they are written, never in the browser.
 */
export function useLetter(request: Request) {
  const fitting = rank(useQuery(templatesQuery).data ?? [], request);
  const [hasDraft] = useState(request.reply_draft_at !== null);
  const draft = useQuery({ ...draftQuery(request.id), enabled: hasDraft });
  const [picked, setPicked] = useState<string | null>(null);
  const [own, setOwn] = useState<Text | null>(null);
  const started = !hasDraft || draft.data !== undefined;
  // A draft is taken up once; what comes back later is what we sent ourselves.
  const taken = useRef(false);
  useEffect(() => {
    if (taken.current || !draft.data) return;
    taken.current = true;
    setPicked(draft.data.template ?? '');
    setOwn({ subject: draft.data.subject, body: draft.data.body });
  }, [draft.data]);
  const best = fitting[0]?.id ?? '';
  const template = picked ?? (draft.data ? (draft.data.template ?? '') : best);
  const preview = useQuery({
    ...previewQuery(request.id, template),
    enabled: started && template !== '' && own === null,
  });
  const state = useAutosave(request.id, template, own);
  return {
    fitting,
    best,
    template,
    templateName: fitting.find(({ id }) => id === template)?.name,
    own,
    text: own ?? preview.data ?? null,
    error: draft.error ?? (own ? null : preview.error),
    draftState: state,
    pick(id: string) {
      setPicked(id);
      setOwn(id === '' ? { subject: '', body: '' } : null);
    },
    write: setOwn,
  };
}

export type Letter = ReturnType<typeof useLetter>;

function useAutosave(id: string, template: string, own: Text | null): DraftState {
  const [state, setState] = useState<DraftState>('none');
  const first = useRef(true);
  const subject = own?.subject;
  const words = own?.body;
  useEffect(() => {
    if (subject === undefined || words === undefined) return;
    if (first.current) {
      first.current = false;
      return;
    }
    setState('saving');
    const save = async () => {
      try {
        await body(
          api.PUT('/api/v1/requests/{id}/reply/draft', {
            params: { path: { id } },
            body: { template: template || null, subject, body: words },
          }),
        );
        setState('saved');
      } catch {
        setState('failed');
      }
    };
    const timer = window.setTimeout(() => void save(), 700);
    return () => window.clearTimeout(timer);
  }, [id, template, subject, words]);
  return state;
}
