import { queryOptions } from '@tanstack/react-query';
import { api, tagged } from '../api/client';
import { keys } from '../api/keys';

export const companyForm = queryOptions({
  queryKey: [...keys.company, 'form'],
  queryFn: () => tagged(api.GET('/api/v1/settings/company')),
  staleTime: 0,
});

export const mailQuery = queryOptions({
  queryKey: keys.mail,
  queryFn: () => tagged(api.GET('/api/v1/settings/mail')),
  staleTime: 0,
});
