import { openAdobe } from './adobe';
import { openApollo } from './apollo';
import { openCalendly } from './calendly';
import { openGoogleCalendar } from './google-calendar';
import { openHubSpot } from './hubspot';
import { openHunter } from './hunter';
import { openClay } from './clay';
import { openClearbit } from './clearbit';
import { openDropcontact } from './dropcontact';
import { openFullEnrich } from './fullenrich';
import { openMicrosoftGraph } from './microsoft-graph';
import { openNeverBounce } from './neverbounce';
import { openZeroBounce } from './zerobounce';
import { openPdl } from './pdl';
import { openOwnApi } from './own-api';
import type { OpenVendor, Seed, Vendor, VendorId } from './port';
import { openSlack } from './slack';
import { openTypeform } from './typeform';
import { openZoomInfo } from './zoominfo';

const vendors = {
	hubspot: openHubSpot,
	apollo: openApollo,
	hunter: openHunter,
	'google-calendar': openGoogleCalendar,
	slack: openSlack,
	adobe: openAdobe,
	clay: openClay,
	dropcontact: openDropcontact,
	fullenrich: openFullEnrich,
	neverbounce: openNeverBounce,
	zerobounce: openZeroBounce,
	clearbit: openClearbit,
	pdl: openPdl,
	zoominfo: openZoomInfo,
	'own-api': openOwnApi,
	calendly: openCalendly,
	typeform: openTypeform,
	'microsoft-graph': openMicrosoftGraph,
} satisfies Record<VendorId, OpenVendor>;

export function openVendors(seed: Seed): Vendor[] {
	return Object.values(vendors).map((open) => open(seed));
}
