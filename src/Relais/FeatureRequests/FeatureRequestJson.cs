using Relais.Foundation;

namespace Relais.FeatureRequests;

/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 4000 characters; may be left out.</param>
/// <param name="Priority">low, medium or high; medium when left out.</param>
internal sealed record NewFeature(string? Title, string? Description = null, string? Priority = null);

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 4000 characters.</param>
/// <param name="Priority">low, medium or high.</param>
/// <param name="Status">pending, in_progress, completed or rejected.</param>
internal sealed record FeatureChange(string? Title = null, string? Description = null, string? Priority = null, string? Status = null);

/// <param name="Id">Ours.</param>
/// <param name="ConciergerieId">The tenant that asked, in system D's words.</param>
/// <param name="ConciergerieName">Its name.</param>
/// <param name="Title">In short.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Priority">low, medium or high.</param>
/// <param name="Status">pending, in_progress, completed or rejected.</param>
/// <param name="Author">Whoever asked.</param>
/// <param name="Votes">People of the tenant who want it.</param>
/// <param name="Voted">Whether whoever reads it is one of them.</param>
/// <param name="Comments">How many there are.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC: of title, description, priority or status.</param>
internal sealed record FeatureJson(
    long Id, long ConciergerieId, string ConciergerieName, string Title, string Description, string Priority, string Status, string Author, long Votes,
    bool Voted, long Comments, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static FeatureJson Of(FeatureRequest f) => new(
        f.Id, f.TenantId, f.TenantName, f.Title, f.Description, f.Priority, f.Status, f.Author, f.Votes, f.Voted > 0, f.Comments,
        Instants.FromMicros(f.CreatedAt), Instants.FromMicros(f.UpdatedAt));
}

/// <param name="Message">1 to 4000 characters.</param>
internal sealed record NewComment(string? Message);

/// <param name="Id">Ours.</param>
/// <param name="Author">Whoever wrote it.</param>
/// <param name="FromPlatform">True for the platform administrator's.</param>
/// <param name="Message">As written.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record CommentJson(long Id, string Author, bool FromPlatform, string Message, DateTimeOffset CreatedAt)
{
    public static CommentJson Of(FeatureComment c) => new(c.Id, c.Author, c.FromPlatform == 1, c.Body, Instants.FromMicros(c.CreatedAt));
}

/// <param name="Total">All of them.</param>
/// <param name="Pending">Not looked at yet.</param>
/// <param name="InProgress">Being made.</param>
/// <param name="Completed">Done.</param>
/// <param name="Rejected">Will not be made.</param>
internal sealed record FeatureStatistics(long Total, long Pending, long InProgress, long Completed, long Rejected)
{
    public static FeatureStatistics Of(IReadOnlyList<FeatureCount> counts)
    {
        long Of(string status) => counts.Where(c => c.Status == status).Sum(c => c.Requests);
        return new FeatureStatistics(counts.Sum(c => c.Requests), Of("pending"), Of("in_progress"), Of("completed"), Of("rejected"));
    }
}
