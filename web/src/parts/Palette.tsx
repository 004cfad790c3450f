import { Modal, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import {
  IconArrowRight,
  IconFileText,
  IconHistory,
  IconInbox,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSettings,
  IconSun,
  IconUserCheck,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { canSeeRequests, canWork, useSession } from '../api/session';
import { keys } from '../api/keys';
import { paths } from '../paths';
import { linesOf, requestQuery, type Line, type Lines, type Request } from '../requests/queries';
import { search } from '../requests/search';
import { nameOf } from '../requests/Who';
import '../styles/palette.css';
import { t } from '../words/words';
import { Due, useToday } from './Due';
import { useFocusBack } from './focusBack';
import { Key } from './Key';
import { StageGlyph } from './StageGlyph';

interface Command {
  group: string;
  key: string;
  word: string;
  icon: ReactNode;
  end?: ReactNode;
  letter?: string;
  run: () => void;
}

const icon = { size: 17, stroke: 1.7, 'aria-hidden': true } as const;

interface Props {
  onClose: () => void;
  onShortcuts: () => void;
}

/** What can be done from here, and a way to every request. */
export default function Palette({ onClose, onShortcuts }: Props) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const commands = useCommands(onShortcuts);
  const lines = useRecent();
  const find = useFind();
  useFocusBack();
  const sought = text.trim().toLocaleLowerCase();
  const hits = [...commands, ...lines].filter(({ word, key }) =>
    `${word} ${key}`.toLocaleLowerCase().includes(sought),
  );
  const shown = sought ? [...hits, find(text.trim())] : hits;
  const pick = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // The layer must be gone before the page hears the key.
    window.setTimeout(command.run, 0);
  };
  const pressKey = (event: KeyboardEvent) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) {
      event.preventDefault();
      const next = Math.max(0, Math.min(shown.length - 1, at + way));
      setAt(next);
      document.getElementById(`pal-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.repeat) {
      pick(shown[at]);
    }
  };
  const type = (typed: string) => {
    setText(typed);
    setAt(0);
  };
  return (
    <Modal.Root opened onClose={onClose} returnFocus={false} size={600} yOffset="12vh" radius={12}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={t('palette.label')}>
        <Modal.Body p={0}>
          <Field text={text} at={at} onType={type} onKeyDown={pressKey} />
          <Matches shown={shown} at={at} onAt={setAt} onPick={pick} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface FieldProps {
  text: string;
  at: number;
  onType: (text: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

const Field = ({ text, at, onType, onKeyDown }: FieldProps) => (
  <label className="pal-in">
    <IconSearch size={18} stroke={1.8} aria-hidden />
    <input
      data-autofocus
      role="combobox"
      aria-expanded="true"
      aria-controls="pal"
      aria-activedescendant={`pal-${at}`}
      aria-label={t('palette.placeholder')}
      placeholder={t('palette.placeholder')}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => onType(currentTarget.value)}
      onKeyDown={onKeyDown}
    />
    <Key>esc</Key>
  </label>
);

interface MatchesProps {
  shown: Command[];
  at: number;
  onAt: (at: number) => void;
  onPick: (command: Command) => void;
}

function Matches({ shown, at, onAt, onPick }: MatchesProps) {
  const groups = [...new Set(shown.map(({ group }) => group))];
  const option = (command: Command, n: number) => (
    <div
      key={command.key}
      id={`pal-${n}`}
      role="option"
      aria-selected={n === at}
      className="pal-item"
      onMouseMove={() => onAt(n)}
      onClick={() => onPick(command)}
    >
      {command.icon}
      <bdi className="cut">{command.word}</bdi>
      <span className="row end">
        {command.end}
        {command.letter && <Key>{command.letter}</Key>}
      </span>
    </div>
  );
  return (
    <div className="pal-list" id="pal" role="listbox" aria-label={t('palette.matches')}>
      {groups.map((group, n) => (
        <div key={group} role="group" aria-labelledby={`pal-group-${n}`}>
          <div className="pal-group" id={`pal-group-${n}`}>
            <bdi>{group}</bdi>
          </div>
          {shown.map((command, m) => (command.group === group ? option(command, m) : null))}
        </div>
      ))}
    </div>
  );
}

/** The page knows what its letters do: a command presses the letter. */
const press = (letter: string) => () =>
  void window.dispatchEvent(new CustomEvent('quittance-key', { detail: letter }));

/** A step that the page would refuse is not offered here; the page says why. */
function stepIsOpen({ stage, proof, attestation, reply }: Request): boolean {
  if (stage === 'review') return proof === 'given' || proof === 'not_needed';
  if (stage === 'process') return attestation !== null;
  return reply !== null && reply.state !== 'failed';
}

function useCommands(onShortcuts: () => void): Command[] {
  const navigate = useNavigate();
  const { role } = useSession().agent;
  const { id } = useParams({ strict: false });
  const request = useQuery({ ...requestQuery(id ?? ''), enabled: id !== undefined }).data;
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme() === 'dark';
  const commands: Command[] = [];
  if (request) {
    const group = t('palette.this', { name: nameOf(request) });
    const add = (key: string, word: string, letter: string, at: ReactNode) =>
      commands.push({ group, key, word, letter, icon: at, run: press(letter.toLowerCase()) });
    if (canWork(role) && request.stage !== 'closed') {
      const word = request.stage === 'reply' ? t('reply.close.button') : t('request.continue');
      if (stepIsOpen(request)) {
        add('step', word, 'C', <IconArrowRight {...icon} className="flip" />);
      }
      add('assign', t('list.assign'), 'A', <IconUserCheck {...icon} />);
    }
    add('history', t('history.title'), 'H', <IconHistory {...icon} />);
  }
  const group = t('palette.anywhere');
  const go = (key: string, word: string, to: string, at: ReactNode) =>
    commands.push({ group, key, word, icon: at, run: () => void navigate({ to }) });
  if (canSeeRequests(role)) {
    go('requests', t('palette.go_requests'), paths.requests, <IconInbox {...icon} />);
    go('templates', t('palette.go_templates'), paths.templates, <IconFileText {...icon} />);
  }
  go('settings', t('palette.go_settings'), paths.settings, <IconSettings {...icon} />);
  if (canWork(role)) {
    commands.push({
      group,
      key: 'enter',
      word: t('palette.enter'),
      letter: 'N',
      icon: <IconPlus {...icon} />,
      run: () => void navigate({ to: paths.requests }).then(press('n')),
    });
  }
  commands.push(
    {
      group,
      key: 'scheme',
      word: dark ? t('palette.light') : t('palette.dark'),
      icon: dark ? <IconSun {...icon} /> : <IconMoon {...icon} />,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      group,
      key: 'shortcuts',
      word: t('palette.shortcuts'),
      letter: '?',
      icon: <IconKeyboard {...icon} />,
      run: onShortcuts,
    },
  );
  return commands;
}

/** Requests that the lists of this tab have shown already. */
function useRecent(): Command[] {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const today = useToday();
  const seen = new Map<string, Line>();
  for (const [, lines] of queries.getQueriesData<Lines>({ queryKey: keys.lists })) {
    for (const line of linesOf(lines)) seen.set(line.id, line);
  }
  return [...seen.values()].slice(0, 200).map((line) => ({
    group: t('palette.requests'),
    key: line.reference,
    word: nameOf(line),
    icon: <StageGlyph stage={line.stage} size={17} />,
    end: <Due of={line} today={today} />,
    run: () => void navigate({ to: paths.request, params: { id: line.id } }),
  }));
}

function useFind() {
  const navigate = useNavigate();
  return (text: string): Command => ({
    group: t('palette.requests'),
    key: 'find',
    word: t('palette.find', { text }),
    icon: <IconSearch {...icon} />,
    run: () => {
      search.type(text);
      search.now();
      void navigate({ to: paths.requests });
    },
  });
}
