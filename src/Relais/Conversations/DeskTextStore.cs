using Relais.Storage;

namespace Relais.Conversations;

/// <summary>What is said with people's acts, in the business's words where it has some.</summary>
internal static class DeskTextStore
{
    /// <summary>Ready to be said; empty when the business wants nothing said.</summary>
    public static async Task<string> Say(Tx tx, long tenantId, string name, string? language, string? agent)
    {
        var own = await tx.QueryFirst<OwnText>("""
            SELECT t.name AS "Business", m.body AS "Body" FROM tenant t
            LEFT JOIN automatic_message m ON m.tenant_id = t.tenant_id AND m.name = @name AND m.language = @language
            WHERE t.tenant_id = @tenantId
            """, new { tenantId, name, language = DeskTexts.Language(language) });
        return DeskTexts.Filled(own?.Body ?? DeskTexts.Default(name, language), own?.Business ?? "", agent);
    }

    private sealed class OwnText
    {
        public string Business { get; init; } = "";

        public string? Body { get; init; }
    }
}
