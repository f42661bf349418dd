// Written by `npm run build`. Do not edit: add a file beside this one instead.
import type { Scheme } from '../../domain/signature';
import { hubspotV3 } from './hubspot-v3';
import { standardWebhooks } from './standard-webhooks';

export const signatures = [hubspotV3, standardWebhooks] as const satisfies readonly Scheme[];
