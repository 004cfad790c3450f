import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { agentsQuery } from '../api/catalogue';
import { useSession } from '../api/session';
import { Dropdown } from '../parts/Dropdown';
import { paths } from '../paths';
import { t } from '../words/words';
import { types, type Filters } from './filters';

export function FilterBar({ filters }: { filters: Filters }) {
  const me = useSession().agent.id;
  const agents = useQuery(agentsQuery).data ?? [];
  const others = agents.filter(({ id }) => id !== me);
  return (
    <div className="filters" role="group" aria-label={t('list.filters')}>
      <Filter
        name="assignee"
        word={t('list.assigned_to')}
        filters={filters}
        options={[
          { value: undefined, word: t('list.anyone') },
          { value: 'me', word: t('assignee.me') },
          { value: 'nobody', word: t('assignee.nobody') },
          ...others.map(({ id, name }) => ({ value: id, word: name })),
        ]}
      />
      <Filter
        name="type"
        word={t('list.type')}
        filters={filters}
        options={[
          { value: undefined, word: t('list.all_types') },
          ...types.map((type) => ({ value: type, word: t(`type.${type}`) })),
        ]}
      />
      <Filter
        name="due"
        word={t('list.due')}
        filters={filters}
        options={[
          { value: undefined, word: t('list.any_time') },
          { value: 'overdue', word: t('list.filter_overdue') },
          { value: 'today', word: t('list.filter_today') },
          { value: 'week', word: t('list.filter_week') },
        ]}
      />
    </div>
  );
}

interface Props {
  name: 'assignee' | 'type' | 'due';
  word: string;
  filters: Filters;
  options: { value: string | undefined; word: string }[];
}

function Filter({ name, word, filters, options }: Props) {
  const navigate = useNavigate();
  const at = options.find(({ value }) => value === filters[name]);
  const on = filters[name] !== undefined;
  const entries = options.map((option) => ({
    key: option.value ?? 'any',
    word: <bdi>{option.word}</bdi>,
    end: option === at ? <IconCheck size={15} aria-label={t('chosen')} /> : undefined,
    run: () =>
      void navigate({
        to: paths.requests,
        search: { ...filters, [name]: option.value } as Filters,
      }),
  }));
  return (
    <Dropdown className="filter" sections={[{ entries }]} on={on}>
      <span>{word}</span>
      {on && (
        <b className="cut">
          <bdi>{at?.word ?? '…'}</bdi>
        </b>
      )}
      <IconChevronDown size={13} stroke={2} aria-hidden />
    </Dropdown>
  );
}
