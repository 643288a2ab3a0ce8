using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using Relais.Channels;
using Relais.Conversations;
using Relais.Desk;
using Relais.Engine.Flows;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>A Studio call that was let in.</summary>
internal sealed record StudioCall(
    ProviderConnection Connection, Inbox? Inbox, byte[] Body, string ContentType, string Query, IReadOnlyDictionary<string, string> Fields, bool IsForm);

/// <summary>
/// Carries out Studio's callbacks: messages go the way of every message and are answered once they are applied; the others are
/// kept in the conversation's history. Once people have a conversation, Studio's word is recorded and changes nothing.
/// </summary>
internal sealed class StudioIntake(
    TwilioGate gate, InboxDirectory inboxes, WebhookStore webhooks, DeskActions desk, ConversationEvents events, Database database, Ids ids,
    Clock clock)
{
    /// <summary>Studio waits 10 s for an answer; the message is stored in any case.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public async Task<(IResult? Refused, StudioCall? Call)> Admit(HttpContext http)
    {
        if (!inboxes.IsLoaded)
        {
            return (Problems.Refuse(Problems.StorageAway), null);
        }

        if (await RawBody.Read(http.Request, http.RequestAborted) is not { } body)
        {
            return (Problems.Refuse(Problems.TooLarge), null);
        }

        var contentType = http.Request.ContentType ?? "";
        var isJson = contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        var token = http.Request.Headers["X-Relais-Token"] is { Count: 1 } header ? header[0] : http.Request.Query["token"].ToString();
        if (!string.IsNullOrEmpty(token))
        {
            var inbox = inboxes.Inboxes.FirstOrDefault(i => i.CallbackToken is { Length: > 0 } known
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(token)));
            return inbox is not null && inboxes.Connection(inbox.ConnectionId) is { } own
                ? (null, new StudioCall(own, inbox, body, contentType, "", StudioApi.Fields(body, isJson), !isJson))
                : (Problems.Refuse(Problems.BadTwilioSignature, "The callback token is not one of an inbox here. Set RELAIS_STUDIO_TOKEN to the one Studio sends."), null);
        }

        var (refused, call) = gate.Admit(http, null, body);
        return call is null ? (refused, null)
            : (null, new StudioCall(call.Connection, null, body, contentType, call.Query, StudioApi.Fields(body, isJson), !isJson));
    }

    public Task StorePlain(StudioCall call) =>
        gate.Store(new TwilioCall(call.Connection, call.Body, call.ContentType, call.Query, []), WebhookKind.TwilioMessage, call.Inbox?.Id);

    public async Task<IResult> Incoming(StudioCall call, CancellationToken cancel)
    {
        var id = await webhooks.Store(new NewWebhook(
            call.Connection.Id, call.Inbox?.Id ?? call.Connection.Id, WebhookKind.StudioMessage, call.ContentType, call.Query, call.Body,
            clock.Micros));
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (await State(id, cancel) is WebhookState.Waiting)
        {
            if (Environment.TickCount64 > until)
            {
                return Problems.Refuse(Problems.StorageAway, "The message is stored but not applied yet. Relais is catching up.");
            }

            await Task.Delay(10, cancel);
        }

        return await Find(call, cancel) is { } found
            ? Results.Json(found, ApiJson.Options)
            : Problems.Refuse(Problems.Invalid, "The message could not be read: send From, Body and MessageSid, and To when this account has several numbers.");
    }

    public async Task<IResult> Callback(StudioCall call, string verb, long id, CancellationToken cancel)
    {
        var input = call.Fields.GetValueOrDefault("user_input") ?? "";
        var widget = call.Fields.GetValueOrDefault("widget_name") ?? "";
        if (verb == "free-input" && widget.Contains("mail", StringComparison.OrdinalIgnoreCase) && !MailAddress.TryCreate(input.Trim(), out _))
        {
            return Problems.Invalid400("user_input", $"'{widget}' asks for an e-mail address, and this is none.");
        }

        var range = await ids.Take(DeskActions.IdsNeeded(null) + 4, cancel);
        foreach (var tenant in inboxes.Inboxes.Where(i => i.ConnectionId == call.Connection.Id).Select(i => i.TenantId).Distinct())
        {
            var answer = await database.Write(Scope.Tenant(tenant), async tx =>
            {
                range.Rewind();
                return await ConversationStore.Find(tx, tenant, id) is { } conversation && inboxes.Find(conversation.InboxId)?.ConnectionId == call.Connection.Id
                    ? await Record(tx, conversation, verb, call, input, widget, range)
                    : null;
            }, cancel);
            if (answer is not null)
            {
                return Results.Json(answer, ApiJson.Options);
            }
        }

        return Problems.Refuse(Problems.NotFound);
    }

    private async Task<StudioAnswer> Record(
        Tx tx, Conversation conversation, string verb, StudioCall call, string input, string widget, IdRange range)
    {
        var (type, detail) = verb switch
        {
            "menu-choice" => ("menu_choice", call.Fields.GetValueOrDefault("menu_choice") ?? input),
            "free-input" => ("free_input", $"{widget}: {input}"),
            "agent-transfer" => ("transfer_requested", call.Fields.GetValueOrDefault("reason") ?? ""),
            _ => ("completed_by_flow", ""),
        };
        await events.Add(tx, new ConversationEvent(conversation.TenantId, range.Next(), conversation.Id, type, null, detail, clock.Micros));
        if (!conversation.IsWithPeople && IsClientAnswer(call, input, widget) is { } isClient)
        {
            await FlowContacts.Keep(tx, conversation.TenantId, conversation.ContactId, [new FlowEffect.KeepOfContact("is_client", isClient)], clock.Micros);
        }

        if (!conversation.IsWithPeople && verb == "agent-transfer")
        {
            await desk.HandOff(tx, conversation.TenantId, conversation.Id, null, detail.Length > 0 ? detail : "flow_requested", range);

            // Studio has told the customer: none of our waiting texts follows.
            await tx.Execute(
                "UPDATE conversation SET awaited = @told WHERE tenant_id = @TenantId AND id = @Id AND awaited = @untold",
                new { conversation.TenantId, conversation.Id, told = (long)Awaited.Told, untold = (long)Awaited.Untold });
        }
        else if (!conversation.IsWithPeople && verb == "complete")
        {
            await desk.Close(tx, conversation.TenantId, conversation.Id, null, saysGoodbye: false, range);
        }

        var after = (await ConversationStore.Find(tx, conversation.TenantId, conversation.Id))!;
        return new StudioAnswer(true, after.Id, ConversationJson.StatusWord(after), IsOurs(after));
    }

    /// <summary>Whether Studio's bot has to be silent: people have the conversation, or the AI agent to which they gave it back.</summary>
    private static bool IsOurs(Conversation conversation) =>
        conversation.IsWithPeople || (conversation.Status != ConversationStatus.Closed && conversation.Assignee == Assignee.AiAgent);

    /// <summary>What the customer said to "are you a customer already?": a field is_client of any callback, or a question of that name.</summary>
    private static string? IsClientAnswer(StudioCall call, string input, string widget) =>
        call.Fields.GetValueOrDefault("is_client") is { Length: > 0 } told ? told
        : widget.EndsWith("is_client", StringComparison.OrdinalIgnoreCase) && input.Length > 0 ? input
        : null;

    private Task<WebhookState> State(long id, CancellationToken cancel) => database.Read(Scope.Directory, async tx =>
        (WebhookState)await tx.QueryFirst<long>("SELECT state FROM received_webhook WHERE id = @id", new { id }), cancel);

    /// <summary>The customer's open conversation, at the number it was written to when the call says which.</summary>
    private async Task<StudioIncoming?> Find(StudioCall call, CancellationToken cancel)
    {
        var from = call.Fields.GetValueOrDefault("From");
        var phone = PhoneNumbers.ToE164(from);
        var to = PhoneNumbers.ToE164(call.Fields.GetValueOrDefault("To"));
        var candidates = inboxes.Inboxes.Where(i => i.ConnectionId == call.Connection.Id 
            && (to is not null ? i.Address == to : call.Inbox is null || i.Id == call.Inbox.Id)).ToList();
        if (to is null && candidates.Count > 1)
        {
            return null;
        }

        foreach (var inbox in candidates)
        {
            var found = await database.Read(Scope.Tenant(inbox.TenantId), async tx =>
            {
                var id = await tx.QueryFirst<long>("""
                    SELECT c.id FROM contact_identity i
                    JOIN conversation c ON c.tenant_id = i.tenant_id AND c.contact_id = i.contact_id AND c.inbox_id = @inbox AND c.status <> 3
                    WHERE i.tenant_id = @tenant AND i.kind = @kind AND i.value = @value
                    """, new
                {
                    tenant = inbox.TenantId, inbox = inbox.Id, kind = (long)(phone is null ? IdentityKind.UserId : IdentityKind.Phone),
                    value = phone is null ? PhoneNumbers.Bare(from) : PhoneNumbers.Canonical(phone),
                });
                if (id == 0 || await ConversationStore.Find(tx, inbox.TenantId, id) is not { } conversation)
                {
                    return null;
                }

                var menu = (await ConversationStore.Events(tx, inbox.TenantId, id, 500)).LastOrDefault(e => e.Type == "menu_choice")?.Detail;
                return new StudioIncoming(true, id, conversation.SessionId, conversation.ContactPhone, menu ?? "main_menu",
                    await FlowContacts.IsClient(tx, inbox.TenantId, conversation.ContactId), conversation.ContactName,
                    call.Fields.GetValueOrDefault("Body") ?? "", IsOurs(conversation));
            }, cancel);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}
