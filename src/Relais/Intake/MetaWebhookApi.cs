using System.Security.Cryptography;
using System.Text;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Foundation;
using Relais.Inboxes;

namespace Relais.Intake;

/// <summary>Meta's webhook: the verification GET, and the signed POST that is answered 200 once its bytes are durable.</summary>
internal static class MetaWebhookApi
{
    public static void MapMetaWebhooks(this IEndpointRouteBuilder app)
    {
        foreach (var route in (string[])["/webhooks/meta/{inbox:long}", "/api/whatsapp/webhook"])
        {
            app.MapGet(route, Verify).WithTags("Webhooks").AllowAnonymous();
            app.MapPost(route, Receive).Measured("meta").WithTags("Webhooks").AllowAnonymous().ShortCircuit();
        }
    }

    private static IResult Verify(HttpRequest request, InboxDirectory inboxes, long? inbox = null)
    {
        var query = request.Query;
        var token = Encoding.UTF8.GetBytes(query["hub.verify_token"].ToString());
        var challenge = query["hub.challenge"].ToString();
        if (query["hub.mode"] == "subscribe" && challenge.Length is > 0 and <= 1024
            && Connections(inboxes, inbox).Any(c => c.VerifyToken is { Length: > 0 } known
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), token)))
        {
            return Results.Text(challenge, "text/plain");
        }

        return Problems.Refuse(Problems.WrongVerifyToken);
    }

    private static async Task<IResult> Receive(
        HttpContext http, InboxDirectory inboxes, WebhookStore store, RefusedWebhooks refused, Clock clock, ILogger<WebhookStore> log, long? inbox = null)
    {
        if (!inboxes.IsLoaded)
        {
            return Problems.Refuse(Problems.StorageAway);
        }

        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            return Problems.Refuse(Problems.EncodedBody);
        }

        if (await RawBody.Read(http.Request, http.RequestAborted) is not { } body)
        {
            return Problems.Refuse(Problems.TooLarge);
        }

        var signature = http.Request.Headers["X-Hub-Signature-256"];
        var header = signature.Count == 1 ? signature[0] : null;
        var connection = Connections(inboxes, inbox).FirstOrDefault(c => c.Secret is { Length: > 0 } secret && MetaSignature.IsValid(body, header, secret));
        if (connection is null)
        {
            var reason = RefusalReason(inboxes, inbox, header);
            refused.Refused(Connections(inboxes, inbox).Select(c => c.Id), reason, clock.Micros);
            log.LogWarning("area=whatsapp A Meta webhook was refused: {Reason}", reason);
            return Problems.Refuse(Problems.BadMetaSignature);
        }

        refused.Good(connection.Id);
        CrashPoint.Pass(CrashPoint.WebhookVerified);
        await store.Store(new NewWebhook(
            connection.Id, inbox ?? connection.Id, WebhookKind.Meta, http.Request.ContentType ?? "", "", body, clock.Micros));
        CrashPoint.Pass(CrashPoint.WebhookAcknowledged);
        return Results.Text("", "text/plain");
    }

    /// <summary>The connections whose secret may speak at this URL: the inbox's own, or every Meta connection.</summary>
    private static IEnumerable<ProviderConnection> Connections(InboxDirectory inboxes, long? inboxId)
    {
        if (inboxId is not { } id)
        {
            return inboxes.Connections(twilio: false);
        }

        return inboxes.Find(id) is { IsTwilio: false } inbox && inboxes.Connection(inbox.ConnectionId) is { } own ? [own] : [];
    }

    private static string RefusalReason(InboxDirectory inboxes, long? inbox, string? header)
    {
        var known = Connections(inboxes, inbox).ToList();
        return known.Count == 0 ? "no Meta number is connected here"
            : known.TrueForAll(c => string.IsNullOrEmpty(c.Secret)) ? "no app secret is set; add WHATSAPP_APP_SECRET=… (Meta app dashboard, Settings, Basic)"
            : header is null ? "it carries no X-Hub-Signature-256 header"
            : "its signature does not fit; WHATSAPP_APP_SECRET must be the secret of the Meta app that owns the subscription";
    }
}
