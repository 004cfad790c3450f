import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { backlogQuery } from '../api/catalogue';
import { useSession } from '../api/session';
import { Notice } from '../parts/Notice';
import { paths } from '../paths';
import { t } from '../words/words';

export const useMailConfigured = () => useQuery(backlogQuery).data?.configured;

/** Said before somebody sends a letter, and while letters wait for it. */
export function NoMailServer({ waits = false }: { waits?: boolean }) {
  const configured = useMailConfigured();
  const owner = useSession().agent.role === 'owner';
  if (configured !== false) return null;
  return (
    <Notice
      tone="warn"
      icon={<IconMailOff size={17} stroke={1.8} aria-hidden />}
      title={t('reply.no_mail_title')}
      action={
        owner && (
          <Button size="xs" component={Link} to={paths.mail}>
            {t('reply.no_mail_link')}
          </Button>
        )
      }
    >
      {waits ? t('reply.no_mail_waits') : t('reply.no_mail')}
    </Notice>
  );
}
