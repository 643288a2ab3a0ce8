namespace Relais.Channels;

/// <summary>One message for the wire.</summary>
/// <param name="MessageId">Our id; travels as biz_opaque_callback_data or in Twilio's callback URL and comes back with each status.</param>
/// <param name="To">Who gets it: the phone when known, else the business-scoped user id.</param>
/// <param name="Content">What to say.</param>
internal sealed record OutboundMessage(long MessageId, SenderIdentity To, OutboundContent Content)
{
    /// <summary>Provider id of the message it quotes or reacts to, or null.</summary>
    public string? Quotes { get; init; }

    /// <summary>Our file that the content names, or null.</summary>
    public MediaFile? File { get; init; }

    /// <summary>The provider's id of what <see cref="IChannel.Needs"/> asked for; null when there is none.</summary>
    public string? AssetId { get; init; }
}

/// <summary>A file of ours that a message carries.</summary>
/// <param name="Path">On disk.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="MimeType">By its magic bytes, e.g. <c>image/jpeg</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Name">As the person named it, or null.</param>
/// <param name="PublicUrl">Where the provider may fetch it for a while; null when Relais has no public address.</param>
internal sealed record MediaFile(string Path, string Sha256, string MimeType, long Size, string? Name, Uri? PublicUrl);

/// <summary>What a content has that a channel does not take.</summary>
/// <param name="Field">Path in the content's JSON, e.g. <c>items[1].title</c>.</param>
/// <param name="Reason">One sentence that says how to mend it.</param>
internal sealed record ContentProblem(string Field, string Reason);

/// <summary>Something that has to be at the provider before a message can name it: a file at Meta, a content resource at Twilio.</summary>
/// <param name="Key">The same for the same bytes, so that it is made once a number and used again.</param>
internal abstract record AssetRequest(string Key)
{
    internal sealed record Upload(string Key, MediaFile File) : AssetRequest(Key);

    /// <param name="Key">Hash of <paramref name="Json"/>.</param>
    /// <param name="Json">The definition as the provider wants it.</param>
    internal sealed record Definition(string Key, string Json) : AssetRequest(Key);
}

/// <summary>How making an asset ended. Nothing of the message has left in any case.</summary>
internal abstract record AssetOutcome
{
    /// <param name="ProviderId">The provider's id of it.</param>
    /// <param name="Lasts">How long the id may be used; null for ever.</param>
    internal sealed record Made(string ProviderId, TimeSpan? Lasts) : AssetOutcome;

    /// <param name="Outcome">RetryLater or Rejected, as for a send.</param>
    internal sealed record Failed(SendOutcome Outcome) : AssetOutcome;
}
