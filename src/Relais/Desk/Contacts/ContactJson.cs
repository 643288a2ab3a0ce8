using Relais.Conversations;
using Relais.Foundation;

namespace Relais.Desk.Contacts;

/// <summary>What names a customer at a provider.</summary>
/// <param name="Kind">wa_id, phone or user_id.</param>
/// <param name="Value">In its one form (numbers of some countries are written in two ways).</param>
internal sealed record IdentityJson(string Kind, string Value);

/// <summary>What the consent ledger sums up to; each granted, withdrawn or unknown.</summary>
/// <param name="All">Every message that is no answer.</param>
/// <param name="Marketing">Promotions.</param>
/// <param name="Utility">News of orders and appointments.</param>
internal sealed record ConsentSummaryJson(string All, string Marketing, string Utility);

/// <summary>A customer as the desk knows them.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">As a person of the business wrote it, else as the customer shows it.</param>
/// <param name="Phone">E.164; null when only a user id is known.</param>
/// <param name="Language">fr, ar or en: what a person set, else that of the last conversation.</param>
/// <param name="Identities">Everything they are known under.</param>
/// <param name="Labels">Ids of their labels.</param>
/// <param name="OptedOutAt">When they asked to get no more messages.</param>
/// <param name="BlockedAt">When the business blocked them.</param>
/// <param name="Consents">Where their consents stand.</param>
/// <param name="Fields">What is known of them, by the names of /api/contact-fields.</param>
/// <param name="Conversations">How many there are.</param>
/// <param name="Messages">In all of them.</param>
/// <param name="Orders">How many there are.</param>
/// <param name="IsClient">A customer of the business already: somebody said so (an answer, the API, an agent), else when they have an order.</param>
/// <param name="FirstSeenAt">When they became known.</param>
/// <param name="LastSeenAt">When they last wrote, or null.</param>
/// <param name="MergedInto">The contact that has everything of this one, or null.</param>
internal sealed record ContactJson(
    long Id, string? Name, string? Phone, string? Language, IReadOnlyList<IdentityJson> Identities, IReadOnlyList<long> Labels,
    DateTimeOffset? OptedOutAt, DateTimeOffset? BlockedAt, ConsentSummaryJson Consents, IReadOnlyDictionary<string, string> Fields,
    long Conversations, long Messages, long Orders, bool IsClient, DateTimeOffset FirstSeenAt, DateTimeOffset? LastSeenAt, long? MergedInto)
{
    public static ContactJson Of(ContactCard card) => new(
        card.Id, card.Name, card.Phone, card.Language,
        [.. card.Identities.Select(i => new IdentityJson(KindWord((IdentityKind)i.Kind), i.Value))], card.Labels,
        Instants.FromMicros(card.OptedOutAt), Instants.FromMicros(card.BlockedAt),
        new ConsentSummaryJson(
            Word(card.OptedOutAt, card.OptedInAt),
            card.OptedOutAt is not null ? "withdrawn" : Word(card.MarketingOptedOutAt, card.MarketingOptedInAt),
            card.OptedOutAt is not null ? "withdrawn" : Word(card.UtilityOptedOutAt, null)),
        card.Values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal),
        card.Conversations, card.Messages, card.Orders, card.IsClient == 1, Instants.FromMicros(card.CreatedAt), Instants.FromMicros(card.LastSeenAt), card.MergedInto);

    private static string Word(long? withdrawn, long? granted) => withdrawn is not null ? "withdrawn" : granted is not null ? "granted" : "unknown";

    private static string KindWord(IdentityKind kind) => kind switch
    {
        IdentityKind.WaId => "wa_id",
        IdentityKind.Phone => "phone",
        _ => "user_id",
    };
}
