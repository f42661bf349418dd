// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { EnrichmentProvider } from './port';
import { apollo } from './apollo';
import { clay } from './clay';
import { clearbit } from './clearbit';
import { dropcontact } from './dropcontact';
import { fullenrich } from './fullenrich';
import { hunter } from './hunter';
import { neverbounce } from './neverbounce';
import { pdl } from './pdl';
import { zerobounce } from './zerobounce';
import { zoominfoLegacy } from './zoominfo-legacy';
import { zoominfo } from './zoominfo';

export const enrichment = [
	apollo,
	clay,
	clearbit,
	dropcontact,
	fullenrich,
	hunter,
	neverbounce,
	pdl,
	zerobounce,
	zoominfoLegacy,
	zoominfo,
] as const satisfies readonly EnrichmentProvider[];
