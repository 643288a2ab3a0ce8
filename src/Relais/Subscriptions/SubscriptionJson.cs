using System.Text.Json;
using Relais.Foundation;
using Relais.Subscriptions.Delivering;

namespace Relais.Subscriptions;

/// <summary>A webhook of the business's own. In a change, a field left out, or null, stays as it is.</summary>
/// <param name="Url">Where events are posted: https, on the internet.</param>
/// <param name="Events">Types, one or more: message.received, message.sent, message.delivered, message.read, message.failed, message.updated, conversation.opened, conversation.updated, conversation.handed_off, conversation.closed, order.created, order.updated, contact.updated, contact.opted_out, contact.opted_in, campaign.started, campaign.paused, campaign.finished, follow_up.proposed, follow_up.sent, follow_up.answered, follow_up.ended.</param>
/// <param name="Description">For people; 200 characters.</param>
/// <param name="Enabled">In a change: false turns it off, true turns it on again. What happened while it was off is not told.</param>
internal sealed record SubscriptionRequest(string? Url, IReadOnlyList<string?>? Events, string? Description, bool? Enabled);

/// <param name="Id">Ours.</param>
/// <param name="Url">Where events are posted.</param>
/// <param name="Events">The types it gets.</param>
/// <param name="Description">For people.</param>
/// <param name="State">on, off or retired: Relais ended it, because nothing was taken for three days or the address answered 410.</param>
/// <param name="Problem">Why the last attempt failed, or why it was retired; null while it works.</param>
/// <param name="FailingSince">Since when nothing was taken; null while it works.</param>
/// <param name="TakenAt">When something was last taken, to the minute.</param>
/// <param name="RetiredAt">When Relais ended it.</param>
/// <param name="OldSecretUntil">Until when the secret before signs too; null when there is none.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record SubscriptionJson(
    long Id, string Url, IReadOnlyList<string> Events, string Description, string State, string? Problem, DateTimeOffset? FailingSince,
    DateTimeOffset? TakenAt, DateTimeOffset? RetiredAt, DateTimeOffset? OldSecretUntil, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>whsec_…, what signatures are made with: only in the answer that made it.</summary>
    public string? Secret { get; init; }

    public static SubscriptionJson Of(Subscription s, long now) => new(
        s.Id, s.Url, s.Events.Split(','), s.Description,
        s.State switch { SubscriptionState.On => "on", SubscriptionState.Off => "off", _ => "retired" },
        s.Problem, Instants.FromMicros(s.FailingSince), Instants.FromMicros(s.TakenAt), Instants.FromMicros(s.RetiredAt),
        s.OldSecretUntil > now ? Instants.FromMicros(s.OldSecretUntil) : null, Instants.FromMicros(s.CreatedAt), Instants.FromMicros(s.UpdatedAt));
}

/// <param name="Id">Ours.</param>
/// <param name="WebhookId">webhook-id of every attempt.</param>
/// <param name="Type">Of the event.</param>
/// <param name="State">waiting, taken or given_up.</param>
/// <param name="Attempts">Made since it was queued.</param>
/// <param name="StatusCode">Of the last answer; null when none came.</param>
/// <param name="Answer">Its first 500 characters.</param>
/// <param name="Problem">Why the last attempt failed, or null.</param>
/// <param name="Body">What is posted.</param>
/// <param name="CreatedAt">When it was queued first.</param>
/// <param name="LastAt">When it was last tried.</param>
/// <param name="NextAt">When it is tried again; null when it is not, or when it waits for one before it.</param>
internal sealed record DeliveryJson(
    long Id, string WebhookId, string Type, string State, long Attempts, long? StatusCode, string? Answer, string? Problem, JsonElement Body,
    DateTimeOffset CreatedAt, DateTimeOffset? LastAt, DateTimeOffset? NextAt)
{
    public static DeliveryJson Of(Delivery d) => new(
        d.Id, SignedPost.WebhookId(d.Id), d.Type, Word(d.State), d.Attempts, d.StatusCode, d.Answer, d.Problem, JsonElement.Parse(d.Body),
        Instants.FromMicros(d.CreatedAt), Instants.FromMicros(d.LastAt),
        d is { State: DeliveryState.Waiting, Attempts: > 0 } ? Instants.FromMicros(d.DueAt) : null);

    public static string Word(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Taken => "taken",
        _ => "given_up",
    };

    public static DeliveryState? StateOf(string? word) => word switch
    {
        "waiting" => DeliveryState.Waiting,
        "taken" => DeliveryState.Taken,
        "given_up" => DeliveryState.GivenUp,
        _ => null,
    };
}

/// <param name="Ok">Whether it was taken.</param>
/// <param name="StatusCode">Null when no answer came.</param>
/// <param name="Answer">Its first 500 characters, or null.</param>
/// <param name="Problem">One sentence when it was not taken.</param>
/// <param name="TookMs">Milliseconds.</param>
internal sealed record SubscriptionTestJson(bool Ok, int? StatusCode, string? Answer, string? Problem, long TookMs);

/// <param name="Replayed">Events that were queued again.</param>
internal sealed record ReplayedJson(int Replayed);
