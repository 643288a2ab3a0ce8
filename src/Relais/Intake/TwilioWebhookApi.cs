using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// Twilio's webhooks: messages and status callbacks. The signature is over the configured public URL, never over what a proxy
/// claims. Twilio does not repeat what was not taken, so they survive a database outage in the spool.
/// </summary>
internal static class TwilioWebhookApi
{
    /// <summary>TwiML that says nothing: answers go out through the outbox.</summary>
    private const string EmptyTwiml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    public static void MapTwilioWebhooks(this IEndpointRouteBuilder app)
    {
        foreach (var route in (string[])["/webhooks/twilio/{inbox:long}", "/api/whatsapp/webhook/incoming", "/webhook/whatsapp", "/whatsapp/webhook"])
        {
            app.MapPost(route, (HttpContext http, TwilioGate gate, long? inbox = null) => Receive(http, gate, WebhookKind.TwilioMessage, inbox))
                .Measured("twilio").WithTags("Webhooks").AllowAnonymous().ShortCircuit();
        }

        foreach (var route in (string[])["/webhooks/twilio/{inbox:long}/status", "/api/whatsapp/webhook/status"])
        {
            app.MapPost(route, (HttpContext http, TwilioGate gate, long? inbox = null) => Receive(http, gate, WebhookKind.TwilioStatus, inbox))
                .Measured("twilio").WithTags("Webhooks").AllowAnonymous().ShortCircuit();
        }
    }

    public static IResult Twiml() => Results.Text(EmptyTwiml, "text/xml");

    private static async Task<IResult> Receive(HttpContext http, TwilioGate gate, WebhookKind kind, long? inbox)
    {
        var (refused, call) = await gate.Admit(http, inbox);
        if (call is null)
        {
            return refused!;
        }

        await gate.Store(call, kind, inbox);
        return Twiml();
    }
}

/// <summary>A call whose signature was right.</summary>
internal sealed record TwilioCall(ProviderConnection Connection, byte[] Body, string ContentType, string Query, IReadOnlyList<KeyValuePair<string, string>> Form);

/// <summary>Lets Twilio's calls in and stores them, in the database or, while it is away, in the spool.</summary>
internal sealed class TwilioGate(
    InboxDirectory inboxes, WebhookStore store, TwilioSpool spool, RefusedWebhooks refused, Settings settings, PublicAddress address, Clock clock,
    ILogger<TwilioGate> log)
{
    public async Task<(IResult? Refused, TwilioCall? Call)> Admit(HttpContext http, long? inboxId)
    {
        if (!inboxes.IsLoaded)
        {
            return (Problems.Refuse(Problems.StorageAway), null);
        }

        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            return (Problems.Refuse(Problems.EncodedBody), null);
        }

        return await RawBody.Read(http.Request, http.RequestAborted) is { } body
            ? Admit(http, inboxId, body)
            : (Problems.Refuse(Problems.TooLarge), null);
    }

    /// <summary>Checks the signature of a body that was read already.</summary>
    public (IResult? Refused, TwilioCall? Call) Admit(HttpContext http, long? inboxId, byte[] body)
    {
        if (address.Url is not { } publicUrl)
        {
            refused.Refused(Connections(inboxId).Select(c => c.Id), "no public address is set, so its signature cannot be checked", clock.Micros);
            log.LogWarning("area=whatsapp A Twilio webhook was refused: no public address is set, so its signature cannot be checked. Add the line WEBHOOK_BASE_URL=https://… (the address Twilio calls)");
            return (Problems.Refuse(Problems.NoPublicAddress), null);
        }

        var query = http.Request.QueryString.Value ?? "";
        var url = publicUrl.ToString().TrimEnd('/') + RawTarget(http);
        var contentType = http.Request.ContentType ?? "";
        var form = contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ? [] : TwilioForm.Parse(body);
        var signature = http.Request.Headers["X-Twilio-Signature"];
        var header = signature.Count == 1 ? signature[0] : null;
        var account = form.FirstOrDefault(p => p.Key == "AccountSid").Value;
        foreach (var connection in Connections(inboxId))
        {
            if (connection.Secret is { Length: > 0 } token && (account is null || account == connection.Account)
                && (form.Count > 0 ? TwilioSignature.IsValid(token, url, form, header) : TwilioSignature.IsValidForBody(token, url, body, header)))
            {
                refused.Good(connection.Id);
                CrashPoint.Pass(CrashPoint.WebhookVerified);
                return (null, new TwilioCall(connection, body, contentType, query, form));
            }
        }

        var reason = RefusalReason(inboxId, header, publicUrl);
        refused.Refused(Connections(inboxId).Select(c => c.Id), reason, clock.Micros);
        log.LogWarning("area=whatsapp A Twilio webhook was refused: {Reason}", reason);
        return (Problems.Refuse(Problems.BadTwilioSignature), null);
    }

    /// <summary>Returns once the call is durable, in the database or in the spool.</summary>
    public async Task Store(TwilioCall call, WebhookKind kind, long? inboxId)
    {
        var webhook = new NewWebhook(
            call.Connection.Id, inboxId ?? call.Connection.Id, kind, call.ContentType, call.Query, call.Body, clock.Micros);
        if (spool.HasAny)
        {
            await spool.Append(webhook);
            return;
        }

        try
        {
            await store.Store(webhook).WaitAsync(TwilioSpool.Patience);
            CrashPoint.Pass(CrashPoint.WebhookAcknowledged);
        }
        catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
        {
            log.LogWarning("area=whatsapp The database is away: a Twilio webhook is kept in the spool ({Reason})", e.Message);
            await spool.Append(webhook);
        }
    }

    /// <summary>Path and query exactly as on the wire: what Twilio signed.</summary>
    private static string RawTarget(HttpContext http)
    {
        var raw = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget;
        return raw is { Length: > 0 } && raw[0] == '/' ? raw : http.Request.Path.ToUriComponent() + http.Request.QueryString.Value;
    }

    private IEnumerable<ProviderConnection> Connections(long? inboxId)
    {
        if (inboxId is not { } id)
        {
            return inboxes.Connections(twilio: true);
        }

        return inboxes.Find(id) is { IsTwilio: true } inbox && inboxes.Connection(inbox.ConnectionId) is { } own ? [own] : [];
    }

    private string RefusalReason(long? inboxId, string? header, Uri publicUrl)
    {
        var known = Connections(inboxId).ToList();
        return known.Count == 0 ? "no Twilio number is connected here; set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_NUMBER"
            : known.TrueForAll(c => string.IsNullOrEmpty(c.Secret)) ? "no auth token is set; add TWILIO_AUTH_TOKEN=…"
            : header is null ? "it carries no X-Twilio-Signature header"
            : $"its signature does not fit; TWILIO_AUTH_TOKEN must be the account's primary token and Twilio must call exactly {publicUrl}"
              + (settings.PublicUrl is null ? " (set WEBHOOK_BASE_URL when the address Twilio calls is another)" : "");
    }
}
