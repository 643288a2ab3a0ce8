namespace Relais.FeatureRequests;

/// <summary>Something a business would like the product to do.</summary>
internal sealed class FeatureRequest
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>One of <see cref="FeatureWords.Priorities"/>.</summary>
    public string Priority { get; init; } = "medium";

    /// <summary>One of <see cref="FeatureWords.Statuses"/>.</summary>
    public string Status { get; init; } = "pending";

    public long AgentId { get; init; }

    /// <summary>Whoever asked, as they were called then.</summary>
    public string Author { get; init; } = "";

    public long Votes { get; init; }

    public long Comments { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>The business's name.</summary>
    public string TenantName { get; init; } = "";

    /// <summary>1 when whoever reads it has voted for it.</summary>
    public long Voted { get; init; }
}

internal sealed class FeatureComment
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long RequestId { get; init; }

    public long AgentId { get; init; }

    public string Author { get; init; } = "";

    /// <summary>1: the platform administrator's.</summary>
    public long FromPlatform { get; init; }

    public string Body { get; init; } = "";

    public long CreatedAt { get; init; }
}

/// <summary>How many there are of each status.</summary>
internal sealed class FeatureCount
{
    public string Status { get; init; } = "";

    public long Requests { get; init; }
}

/// <summary>The words of system D.</summary>
internal static class FeatureWords
{
    public static readonly IReadOnlyList<string> Priorities = ["low", "medium", "high"];
    public static readonly IReadOnlyList<string> Statuses = ["pending", "in_progress", "completed", "rejected"];

    public const int MaxTitle = 200;
    public const int MaxText = 4000;
}
