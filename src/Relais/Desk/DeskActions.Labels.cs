using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Labels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>Labels.</summary>
internal sealed partial class DeskActions
{
    /// <summary>Puts labels on and takes them off, also of a closed conversation.</summary>
    public async Task<DeskResult> Label(
        Tx tx, long tenantId, long id, Actor actor, IReadOnlyList<long> add, IReadOnlyList<long> remove, IdRange ids)
    {
        if (await ConversationStore.Find(tx, tenantId, id) is not { } conversation)
        {
            return new DeskResult.Refused(Problems.NotFound);
        }

        switch (await LabelStore.ChangeConversation(tx, tenantId, id, add, remove))
        {
            case null:
                return new DeskResult.Invalid([new ContentProblem("add", "add and remove are ids of labels (GET /api/labels).")]);
            case 0:
                return new DeskResult.Done();
        }

        var names = (await LabelStore.All(tx, tenantId)).ToDictionary(l => l.Id, l => l.Name);
        await Note(tx, conversation, "labelled", actor.AgentId,
            string.Join(", ", add.Select(l => $"+ {names[l]}").Concat(remove.Select(l => $"− {names[l]}"))), ids);
        return new DeskResult.Done();
    }
}
