// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { CrmVendor } from './port';
import { hubspot } from './hubspot';

export const crm = [hubspot] as const satisfies readonly CrmVendor[];
