// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { EnrichmentProvider } from './port';
import { apollo } from './apollo';
import { hunter } from './hunter';

export const enrichment = [apollo, hunter] as const satisfies readonly EnrichmentProvider[];
