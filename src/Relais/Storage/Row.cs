namespace Relais.Storage;

/// <summary>The row a <see cref="Rows{T}"/> statement stands on. Columns count from 0; valid only inside the reading callback.</summary>
internal abstract class Row
{
    /// <summary>A whole number that is not null.</summary>
    public abstract long GetInt64(int column);

    /// <summary>A text that is not null.</summary>
    public abstract string GetString(int column);

    /// <summary>Bytes that are not null.</summary>
    public abstract byte[] GetBytes(int column);

    public abstract bool IsDBNull(int column);

    public long? Long(int column) => IsDBNull(column) ? null : GetInt64(column);

    public string? Text(int column) => IsDBNull(column) ? null : GetString(column);
}
