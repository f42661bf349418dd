import { openAdobe } from './adobe';
import { openApollo } from './apollo';
import { openGoogleCalendar } from './google-calendar';
import { openHubSpot } from './hubspot';
import { openHunter } from './hunter';
import type { OpenVendor, Seed, Vendor, VendorId } from './port';
import { openSlack } from './slack';

const vendors = {
	hubspot: openHubSpot,
	apollo: openApollo,
	hunter: openHunter,
	'google-calendar': openGoogleCalendar,
	slack: openSlack,
	adobe: openAdobe,
} satisfies Record<VendorId, OpenVendor>;

export function openVendors(seed: Seed): Vendor[] {
	return Object.values(vendors).map((open) => open(seed));
}
