using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Health.Numbers;

/// <summary>
/// Looks at everything a number needs to send and to receive, here and at the provider, and says what is wrong and how to mend it.
/// What it found is kept for the health page.
/// </summary>
internal sealed class SelfTest(
    AccountSet accounts, InboxDirectory inboxes, SendAddresses addresses, PublicAddress address, RefusedWebhooks refused, Database database, Clock clock)
{
    public async Task<IReadOnlyList<AccountCheck>> Run(Inbox inbox, CancellationToken cancel)
    {
        var report = inbox.AccessToken is { Length: > 0 }
            ? await accounts[inbox.Channel].Examine(addresses.Of(inbox), address.Url, cancel)
            : new AccountReport([new AccountCheck("access_token", false, "This number has no access token.",
                inbox.IsTwilio ? "Set TWILIO_AUTH_TOKEN." : "Set WHATSAPP_ACCESS_TOKEN.")]);
        var lastWebhooks = await database.Read(Scope.Directory, InboxHealthStore.LastWebhooks, cancel);
        List<AccountCheck> checks =
        [
            .. report.Checks,
            Secret(inbox),
            .. inbox.IsTwilio ? [] : (AccountCheck[])[VerifyToken(inbox)],
            PublicUrl(inbox),
            .. await Catalog(inbox, cancel),
            Webhooks(inbox, lastWebhooks.TryGetValue(inbox.ConnectionId, out var at) ? at : null),
        ];
        await database.Write(Scope.Tenant(inbox.TenantId), tx => InboxHealthStore.Keep(tx, new StoredCheck
        {
            TenantId = inbox.TenantId,
            InboxId = inbox.Id,
            CheckedAt = clock.Micros,
            IsOk = checks.TrueForAll(c => c.Ok != false) ? 1 : 0,
            DisplayName = report.DisplayName,
            Quality = report.Quality,
            Tier = report.Tier,
            Throughput = report.Throughput,
            TokenExpiresAt = report.TokenExpiresAt,
            Results = JsonSerializer.Serialize(checks, ApiJson.Options),
        }), cancel);
        return checks;
    }

    /// <summary>Only of a number that has a catalogue: a business without products needs none.</summary>
    private async Task<AccountCheck[]> Catalog(Inbox inbox, CancellationToken cancel)
    {
        if (inbox is not { CatalogId: { } catalog, IsTwilio: false, AccessToken.Length: > 0 })
        {
            return [];
        }

        var report = await accounts[inbox.Channel].Catalog(addresses.Of(inbox), catalog, cancel);
        return
        [
            report.Connected switch
            {
                true => new("catalog", true, $"Catalogue {report.Name ?? catalog} is connected to the account."),
                false => new("catalog", false, $"Catalogue {report.Name ?? catalog} is not connected to the account, so Meta refuses its products; customers get them in words.",
                    "Connect it to the WhatsApp Business Account in Meta's Commerce Manager (Settings, WhatsApp), or take its link away from the number."),
                null => new("catalog", null, $"Whether catalogue {catalog} is connected could not be told. {report.Detail}", report.Fix),
            },
        ];
    }

    /// <summary>A signature made with the secret has to be taken by the very code that checks webhooks.</summary>
    private AccountCheck Secret(Inbox inbox)
    {
        var name = inbox.IsTwilio ? "TWILIO_AUTH_TOKEN" : "WHATSAPP_APP_SECRET";
        var where = inbox.IsTwilio ? "the Twilio Console's first page (the primary auth token)" : "the Meta app's dashboard (Settings, Basic, App secret)";
        if (inboxes.Connection(inbox.ConnectionId)?.Secret is not { Length: > 0 } secret)
        {
            return new("app_secret", false, $"{name} is not set, so every webhook is refused.", $"Copy it from {where} into {name}.");
        }

        var works = inbox.IsTwilio
            ? TwilioSignature.IsValid(secret, "https://self.test/", [], Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), "https://self.test/"u8)))
            : MetaSignature.IsValid("self-test"u8, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "self-test"u8)), secret);
        var refusals = refused.Of(inbox.ConnectionId);
        return !works || secret.Any(char.IsWhiteSpace) || secret == inbox.AccessToken && !inbox.IsTwilio || secret.StartsWith("EAA", StringComparison.Ordinal)
            ? new("app_secret", false, $"{name} holds something that is no secret of this kind.", $"Copy it from {where} into {name}.")
            : refusals.SinceGood > 0
            ? new("app_secret", false, $"{refusals.SinceGood} webhooks were refused since the last good one: {refusals.Reason}.",
                $"Copy the secret from {where} into {name}{(inbox.IsTwilio ? ", and have Twilio call exactly the public address of this server" : "")}.")
            : new("app_secret", true, refusals.Count == 0 ? "It is set, and no webhook was refused since this process started."
                : $"It is set, and the last webhook's signature was right ({refusals.Count} were refused since this process started).");
    }

    private AccountCheck VerifyToken(Inbox inbox) => inboxes.Connection(inbox.ConnectionId)?.VerifyToken is { Length: > 0 }
        ? new("verify_token", true, "It is set.")
        : new("verify_token", false, "WHATSAPP_WEBHOOK_VERIFY_TOKEN is not set, so Meta cannot verify the callback URL.",
            "Choose a word, set it as WHATSAPP_WEBHOOK_VERIFY_TOKEN, and enter the same word beside the callback URL in the app's dashboard.");

    private AccountCheck PublicUrl(Inbox inbox)
    {
        const string Fix = "Enter the https address under which the internet reaches this server: at the console under Numbers, or as RELAIS_PUBLIC_URL.";
        if (address.Url is not { } url)
        {
            return new("public_address", false, "No public address is set, so it is not known what the provider should call.", Fix);
        }

        var callback = $"{url.ToString().TrimEnd('/')}{(inbox.IsTwilio ? "/api/whatsapp/webhook/incoming" : "/api/whatsapp/webhook")}";
        return url.Scheme != Uri.UriSchemeHttps ? new("public_address", false, $"The public address {url} is not https; both providers call https only.", Fix)
            : !SafeHttp.CouldBePublic(url) ? new("public_address", false, $"The public address {url} is one of this computer or of a private network.", Fix)
            : new("public_address", true, $"The provider should call {callback}.");
    }

    private AccountCheck Webhooks(Inbox inbox, long? lastAt)
    {
        var fix = $"Enter the callback URL at the provider (docs/operate/install.md, “Addresses for the providers”), then write to {(inbox.DisplayNumber.Length > 0 ? inbox.DisplayNumber : "the number")} from a phone.";
        return lastAt is { } at
            ? new("webhooks", true, $"The last webhook came {Instants.FromMicros(at):yyyy-MM-dd HH:mm} UTC.")
            : new("webhooks", null, "No webhook has come yet.", fix);
    }
}
