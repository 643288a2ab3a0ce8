using Relais.Channels;
using Relais.Storage;

namespace Relais.Media;

/// <summary>A customer's file that the provider holds, as the intake found it in a message.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Id">Reserved id; goes into <see cref="MediaRef.MediaId"/> of the message's payload too.</param>
/// <param name="InboxId">Where it came in: its token fetches the file.</param>
/// <param name="MessageId">The message it belongs to.</param>
/// <param name="Kind">image, video, audio, document or sticker.</param>
/// <param name="Ref">How to get it.</param>
/// <param name="Now">Microseconds UTC.</param>
internal sealed record NewMedia(long TenantId, long Id, long InboxId, long MessageId, string Kind, MediaRef Ref, long Now);

/// <summary>In: files that messages name, in the transaction that stores the messages. Out: rows that wait, and woken lanes.</summary>
internal sealed class InboundMediaStore(WorkQueue queue)
{
    private static readonly Rows<NewMedia> AddRows = new("""
        INSERT INTO media (tenant_id, id, direction, inbox_id, message_id, kind, state, provider_ref, claimed_type, claimed_sha256, filename,
          problem, attempts, created_at)
        SELECT r.tenant_id, r.id, 1, r.inbox_id, r.message_id, r.kind, r.state, r.provider_ref, r.claimed_type, r.claimed_sha256, r.filename,
          r.problem, 0, r.now FROM {rows}
        """,
        Column<NewMedia>.Long("tenant_id", m => m.TenantId),
        Column<NewMedia>.Long("id", m => m.Id),
        Column<NewMedia>.Long("inbox_id", m => m.InboxId),
        Column<NewMedia>.Long("message_id", m => m.MessageId),
        Column<NewMedia>.Text("kind", m => m.Kind),
        Column<NewMedia>.Long("state", m => (long)(IsNamed(m) ? MediaState.Waiting : MediaState.Failed)),
        Column<NewMedia>.Text("provider_ref", m => m.Ref.ProviderRef),
        Column<NewMedia>.Text("claimed_type", m => m.Ref.MimeType),
        Column<NewMedia>.Text("claimed_sha256", m => m.Ref.Sha256),
        Column<NewMedia>.Text("filename", m => FileNames.Clean(m.Ref.Filename)),
        Column<NewMedia>.Text("problem", m => IsNamed(m) ? null : "The provider sent no way to get this file. Ask the customer to send it again."),
        Column<NewMedia>.Long("now", m => m.Now));

    /// <summary>Call with what is new only; the message may be stored before or after.</summary>
    public async Task Add(Tx tx, IReadOnlyList<NewMedia> media)
    {
        if (media.Count == 0)
        {
            return;
        }

        await tx.Each(AddRows, media);
        await queue.Wake(tx, [.. media.Where(IsNamed).Select(m => new LaneWake(LaneKind.Media, m.Id, m.TenantId))]);
    }

    private static bool IsNamed(NewMedia media) => !string.IsNullOrEmpty(media.Ref.ProviderRef);
}
