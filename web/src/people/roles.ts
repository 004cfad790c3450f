import type { Schemas } from '../api/client';

export const roles: Schemas['Role'][] = ['owner', 'agent', 'technician', 'auditor'];
