using Relais.Conversations;
using Relais.Storage;

namespace Relais.Subscriptions.Feeding;

/// <summary>The things of events as the API shows them. Given by whoever puts the rooms together: the shapes are the desk's.</summary>
/// <param name="Messages">By id.</param>
/// <param name="Conversation">One conversation.</param>
/// <param name="Contact">One contact, or null when there is none.</param>
/// <param name="Campaign">One campaign, or null when there is none.</param>
/// <param name="FollowUp">One follow-up, or null when there is none.</param>
internal sealed record EventShapes(
    Func<Tx, long, List<StoredMessage>, Task<Dictionary<long, object>>> Messages,
    Func<Conversation, object> Conversation,
    Func<Tx, long, long, Task<object?>> Contact,
    Func<Tx, long, long, Task<(CampaignFacts Facts, object Shown)?>> Campaign,
    Func<Tx, long, long, Task<(FollowUpFacts Facts, object Shown)?>> FollowUp);
