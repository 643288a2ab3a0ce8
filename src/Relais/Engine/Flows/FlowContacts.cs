using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>What flows learn about a contact. A person's word is never overwritten.</summary>
internal static class FlowContacts
{
    private static readonly string[] Yes = ["1", "true", "yes", "y", "oui", "o", "نعم", "اه", "ايه"];

    public static async Task Keep(Tx tx, long tenantId, long contactId, IReadOnlyList<FlowEffect.KeepOfContact> kept, long now)
    {
        foreach (var (field, value) in kept)
        {
            switch (field)
            {
                case "name":
                    await tx.Execute(
                        "UPDATE contact SET name = @value WHERE tenant_id = @tenantId AND id = @contactId AND named_by IS NULL", new { tenantId, contactId, value });
                    break;
                case "is_client":
                    var isClient = Yes.Contains(TextFolding.FoldWords(value)) ? 1L : 0;
                    await tx.Execute(
                        "UPDATE contact SET is_client = @isClient WHERE tenant_id = @tenantId AND id = @contactId", new { tenantId, contactId, isClient });
                    break;
                default:
                    await ContactFieldStore.Note(tx, tenantId, contactId, field, value, now);
                    break;
            }
        }
    }

    /// <summary>Whether the contact is a customer already: as somebody said, else by their orders.</summary>
    public static async Task<bool> IsClient(Tx tx, long tenantId, long contactId) => await tx.QueryFirst<long>("""
        SELECT CASE WHEN k.is_client IS NOT NULL THEN k.is_client
          WHEN EXISTS (SELECT 1 FROM customer_order o WHERE o.tenant_id = k.tenant_id AND o.contact_id = k.id) THEN 1 ELSE 0 END
        FROM contact k WHERE k.tenant_id = @tenantId AND k.id = @contactId
        """, new { tenantId, contactId }) == 1;
}
