export type TotpState = { enabled: boolean; required: boolean; recovery_codes_left: number; has_password: boolean }

export type TotpSetup = { secret: string; address: string; qr_size: number; qr_path: string }

export type OwnSession = { id: number; browser: string | null; system: string | null; address: string | null; created_at: string; last_used_at: string; is_this: boolean }

export type SignInOptions = { mail: boolean; oidc: { label: string; url: string } | null }
