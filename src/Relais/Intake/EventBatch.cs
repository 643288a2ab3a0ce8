using Relais.Channels;
using Relais.Conversations;
using Relais.Desk;
using Relais.Errors;
using Relais.Storage;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;

namespace Relais.Intake;

/// <summary>What a batch of webhooks says, freed of providers and sorted into what it does to storage. Made outside any transaction.</summary>
internal sealed class EventBatch
{
    public List<NewInbound> Messages { get; } = [];

    /// <summary>What messages hold besides text; plain text is not in it.</summary>
    public Dictionary<NewInbound, InboundContent> Contents { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Card numbers that were masked in a message, as they were written; most messages have none.</summary>
    public Dictionary<NewInbound, IReadOnlyList<string>> Cards { get; } = new(ReferenceEqualityComparer.Instance);

    public List<StatusUpdate> Statuses { get; } = [];

    /// <summary>Customers who are somebody else from now on, told beside their messages.</summary>
    public List<IdentityMove> Moves { get; } = [];

    public List<MarketingWish> Wishes { get; } = [];

    /// <summary>What the business wrote on its own phone.</summary>
    public List<PhoneMessage> PhoneMessages { get; } = [];

    public List<ToldNews<TemplateNews>> Templates { get; } = [];

    public List<ToldNews<AccountNews>> Accounts { get; } = [];

    public List<WebhookFate> Fates { get; } = [];

    /// <summary>Which webhook a message came with: a batch may be cut down to the webhooks whose lane was claimed.</summary>
    public Dictionary<object, WaitingWebhook> Origins { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Ids that name messages and their files, before anything is written.</summary>
    public int NamesNeeded => Messages.Count + Contents.Count(c => c.Value is InboundContent.Media);

    /// <summary>
    /// Upper bound of the ids that applying takes: contact, conversation and change a message, a consent if it says one, and what its
    /// content does; parking or change a status, and if it failed an error with its change, a consent and a pause; event and change a
    /// moved customer; contact and ledger line a wish; what the stores of news say.
    /// </summary>
    public int IdsNeeded => (Messages.Count * 3) + Messages.Count(m => m.SaysConsent) + Contents.Values.Sum(InboundEffects.IdsNeeded)
        + PageTaps.IdsNeeded(Messages)
        + (Statuses.Count * 2) + (Statuses.Count(s => s.Status == DeliveryStatus.Failed) * (2 + ErrorLog.IdsEach))
        + (Moves.Count * 2) + (Wishes.Count * 2) + (PhoneMessages.Count * PhoneWords.IdsNeeded) + Templates.Sum(n => n.IdsNeeded) + Accounts.Sum(n => n.IdsNeeded);

    /// <summary>Names messages and files, and writes down what messages hold: files with the id under which they will be kept.</summary>
    public void Name(IdRange ids)
    {
        Messages.ForEach(m => m.MessageId = ids.Next());
        foreach (var (message, content) in Contents.ToList())
        {
            var named = content is InboundContent.Media file ? file with { Ref = file.Ref with { MediaId = ids.Next() } } : content;
            Contents[message] = named;
            var written = ContentJson.Write(named);
            message.Payload = written is not null && Cards.TryGetValue(message, out var cards) ? MaskedCards.In(written, cards) : written;
        }
    }

    public bool HasNews => Moves.Count + Wishes.Count + PhoneMessages.Count + Templates.Count + Accounts.Count > 0;

    public void Add<T>(List<T> all, T item, WaitingWebhook from)
        where T : class
    {
        all.Add(item);
        Origins.Add(item, from);
    }

    /// <summary>The bodies of the webhooks in <paramref name="mine"/> that hold card numbers, without those: once applied, they are kept for reading only.</summary>
    public List<MaskedBody> MaskedBodies(IReadOnlySet<long> mine) => Cards.Count == 0 ? [] :
        [.. Cards.GroupBy(c => Origins[c.Key]).Where(webhook => mine.Contains(webhook.Key.Id))
            .Select(webhook => new MaskedBody(webhook.Key.Id, MaskedCards.In(webhook.Key.Body, webhook.SelectMany(c => c.Value))))];

    /// <summary>What of a list came with the webhooks in <paramref name="mine"/>.</summary>
    public List<T> Of<T>(List<T> all, IReadOnlySet<long> mine)
        where T : class => all.FindAll(item => mine.Contains(Origins[item].Id));
}

/// <summary>A customer said at the provider whether they want marketing messages.</summary>
internal sealed record MarketingWish(SeenContact Contact, bool Wants, long At);

/// <summary>News of an account, believed for the connection whose secret signed it.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="Account">Meta: WhatsApp Business Account id; null when it was not told.</param>
/// <param name="News">What is known now.</param>
/// <param name="IdsNeeded">Upper bound: two for each inbox, since one secret may speak for several connections.</param>
internal sealed record ToldNews<T>(long ConnectionId, string? Account, T News, int IdsNeeded);
