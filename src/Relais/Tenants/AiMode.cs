namespace Relais.Tenants;

/// <summary>What the AI agent does with what customers write. The number is stored, as auto_respond.</summary>
internal enum AiMode
{
    /// <summary>Nothing: people answer.</summary>
    Quiet = 0,

    /// <summary>It answers by itself.</summary>
    Answer = 1,

    /// <summary>It writes a suggestion for a person and sends nothing.</summary>
    Draft = 2,
}
