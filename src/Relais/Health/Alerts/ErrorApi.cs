using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Health.Alerts;

/// <summary>Where an error belongs.</summary>
/// <param name="ConversationId">The conversation, if it concerns one.</param>
/// <param name="MessageId">The message, if it concerns one.</param>
/// <param name="RequestReference">The provider's name for the request (fbtrace_id, Twilio-Request-Id): what its support asks for.</param>
internal sealed record ErrorContextJson(long? ConversationId, long? MessageId, string? RequestReference);

/// <summary>Something that failed.</summary>
/// <param name="Id">Our id.</param>
/// <param name="InboxId">The business's number, if it concerns one.</param>
/// <param name="Service">whatsapp, twilio, model, …</param>
/// <param name="ErrorType">send_rejected, send_retried, send_given_up, send_unknown, delivery_failed, webhook_signature, …</param>
/// <param name="Code">The provider's code.</param>
/// <param name="Message">In words, with what mends it.</param>
/// <param name="Details">The provider's own words.</param>
/// <param name="Context">Where it belongs.</param>
/// <param name="IsCritical">Nothing of this number works until a person acts; the team is told once an hour.</param>
/// <param name="At">When.</param>
internal sealed record ErrorJson(
    long Id, long? InboxId, string Service, string ErrorType, long? Code, string Message, string? Details, ErrorContextJson Context,
    bool IsCritical, DateTimeOffset At)
{
    public static ErrorJson Of(StoredError e) => new(
        e.Id, e.InboxId, e.Service, e.Type, e.Code, e.Message, e.Details, new ErrorContextJson(e.ConversationId, e.MessageId, e.Reference),
        e.IsCritical == 1, Instants.FromMicros(e.At));
}

/// <summary>The error log of the signed-in tenant.</summary>
internal static class ErrorApi
{
    public static void MapErrors(this IEndpointRouteBuilder app) => app.MapGet("/api/errors", List).WithName("list_errors")
        .WithTags("Errors and calls").RequireAuthorization(Policies.Agent)
        .WithSummary("What failed, newest first; service, error_type, code, inbox_id, conversation_id and critical filter.")
        .Produces<Page<ErrorJson>>().ProducesProblem(400);

    private static async Task<IResult> List(
        SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel, string? service = null,
        bool critical = false, [FromQuery(Name = "error_type")] string? type = null, string? code = null,
        [FromQuery(Name = "inbox_id")] string? inbox = null, [FromQuery(Name = "conversation_id")] string? conversation = null)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var badCode = IdQuery.Read(code, "code", out var codeNumber);
        var badInbox = IdQuery.Read(inbox, "inbox_id", out var inboxId);
        var badConversation = IdQuery.Read(conversation, "conversation_id", out var conversationId);
        if ((badCode ?? badInbox ?? badConversation) is { } wrong)
        {
            return wrong;
        }

        var filter = new ErrorFilter(
            string.IsNullOrEmpty(service) ? null : service, string.IsNullOrEmpty(type) ? null : type, codeNumber, inboxId, conversationId, critical);
        var rows = await database.Read(Scope.Tenant(who.Tenant),
            tx => ErrorStore.Page(tx, who.Tenant, filter, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, e => new Cursor(e.Id, e.Id), ErrorJson.Of), ApiJson.Options);
    }
}
