import { IconCheck, IconChevronDown, IconHelpCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../api/client';
import { Dropdown, type Entry, type Section } from '../parts/Dropdown';
import { StageGlyph, stages } from '../parts/StageGlyph';
import { paths } from '../paths';
import { number } from '../words/format';
import { t } from '../words/words';
import type { Filters } from './filters';
import { countsQuery } from './queries';

type Place = Pick<Filters, 'stage' | 'proof'>;

const word = ({ stage, proof }: Place) =>
  proof ? t('list.awaiting') : stage ? t(`stage.${stage}`) : t('list.all');

function count(counts: Schemas['Counts'], { stage, proof }: Place) {
  if (proof) return counts.unverified;
  if (stage) return counts.stages[stage];
  const { review, process, reply } = counts.stages;
  return review + process + reply;
}

/** At the top left: where the requests stand that are listed below. */
export function StageMenu({ filters, here = false }: { filters: Filters; here?: boolean }) {
  const counts = useQuery(countsQuery).data;
  const navigate = useNavigate();
  const entry = (place: Place, icon: Entry['icon']): Entry => ({
    key: word(place),
    word: word(place),
    icon,
    end: (
      <span className="menu-count">
        <span className="count">{counts && number(count(counts, place))}</span>
        <span>
          {place.stage === filters.stage && place.proof === filters.proof && (
            <IconCheck size={15} aria-label={t('chosen')} />
          )}
        </span>
      </span>
    ),
    // In the pane beside a request the list changes and the request stays.
    run: () =>
      void navigate({
        to: here ? '.' : paths.requests,
        search: { ...filters, stage: undefined, proof: undefined, ...place },
      }),
  });
  const sections: Section[] = [
    {
      entries: [
        entry({}, <span className="glyph-all" />),
        ...stages.slice(0, 3).map((stage) => entry({ stage }, <StageGlyph stage={stage} />)),
      ],
    },
    { entries: [entry({ stage: 'closed' }, <StageGlyph stage="closed" />)] },
    {
      entries: [
        entry({ proof: 'awaited' }, <IconHelpCircle size={16} className="dim" aria-hidden />),
      ],
    },
  ];
  return (
    <Dropdown className="stage-menu" sections={sections} width={296}>
      <span className="vh">{t('list.stage_label')}</span>
      <span>{word(filters)}</span>
      {counts && <span className="count">{number(count(counts, filters))}</span>}
      <IconChevronDown size={16} stroke={2} aria-hidden />
    </Dropdown>
  );
}
