// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { Scheme } from '../../domain/signature/scheme';
import { activecampaign } from './activecampaign';
import { adobeIo } from './adobe-io';
import { apollo } from './apollo';
import { attio } from './attio';
import { basic } from './basic';
import { bearer } from './bearer';
import { calcom } from './calcom';
import { calendly } from './calendly';
import { clay } from './clay';
import { clearbit } from './clearbit';
import { close } from './close';
import { customerio } from './customerio';
import { docusign } from './docusign';
import { fullenrich } from './fullenrich';
import { github } from './github';
import { googleAds } from './google-ads';
import { googleChannel } from './google-channel';
import { hookdeck } from './hookdeck';
import { hubspotV1 } from './hubspot-v1';
import { hubspotV2 } from './hubspot-v2';
import { hubspotV3 } from './hubspot-v3';
import { intercom } from './intercom';
import { klaviyo } from './klaviyo';
import { linear } from './linear';
import { linkedin } from './linkedin';
import { lusha } from './lusha';
import { mailchimp } from './mailchimp';
import { mailgun } from './mailgun';
import { mandrill } from './mandrill';
import { marketo } from './marketo';
import { meta } from './meta';
import { microsoftGraph } from './microsoft-graph';
import { outpostLegacy } from './outpost-legacy';
import { outpost } from './outpost';
import { paddle } from './paddle';
import { pipedrive } from './pipedrive';
import { rudderstack } from './rudderstack';
import { salesforceOutbound } from './salesforce-outbound';
import { segmentBatch } from './segment-batch';
import { segment } from './segment';
import { sendgrid } from './sendgrid';
import { shopify } from './shopify';
import { slack } from './slack';
import { standardWebhooks } from './standard-webhooks';
import { stripe } from './stripe';
import { tally } from './tally';
import { twilio } from './twilio';
import { typeform } from './typeform';
import { webflow } from './webflow';
import { workos } from './workos';
import { zendesk } from './zendesk';
import { zoom } from './zoom';
import { zoominfo } from './zoominfo';

export const signatures = [
	activecampaign,
	adobeIo,
	apollo,
	attio,
	basic,
	bearer,
	calcom,
	calendly,
	clay,
	clearbit,
	close,
	customerio,
	docusign,
	fullenrich,
	github,
	googleAds,
	googleChannel,
	hookdeck,
	hubspotV1,
	hubspotV2,
	hubspotV3,
	intercom,
	klaviyo,
	linear,
	linkedin,
	lusha,
	mailchimp,
	mailgun,
	mandrill,
	marketo,
	meta,
	microsoftGraph,
	outpostLegacy,
	outpost,
	paddle,
	pipedrive,
	rudderstack,
	salesforceOutbound,
	segmentBatch,
	segment,
	sendgrid,
	shopify,
	slack,
	standardWebhooks,
	stripe,
	tally,
	twilio,
	typeform,
	webflow,
	workos,
	zendesk,
	zoom,
	zoominfo,
] as const satisfies readonly Scheme[];
