using Relais.Desk;
using Relais.Desk.Contacts;
using Relais.Subscriptions.Feeding;

namespace Relais.Commands;

/// <summary>Events of subscriptions hold things as the API shows them: the shapes are the desk's, which subscriptions do not name.</summary>
internal static class WebhookShapes
{
    public static EventShapes OfTheApi { get; } = new(
        async (tx, tenantId, messages) => messages.Count == 0
            ? [] : (await MessageMedia.Show(tx, tenantId, messages)).ToDictionary(m => m.Id, object (m) => m),
        ConversationJson.Of,
        async (tx, tenantId, id) => await ContactCardStore.Find(tx, tenantId, id) is { } card ? ContactJson.Of(card) : null);
}
