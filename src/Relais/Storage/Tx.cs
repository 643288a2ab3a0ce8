using System.Data.Common;
using Dapper;

namespace Relais.Storage;

/// <summary>
/// An open transaction. Dapper for reads and slices; <see cref="Rows{T}"/> statements on the path of a message, which run
/// prepared on both engines.
/// </summary>
internal abstract class Tx(Dialect dialect)
{
    private List<Action>? afterCommit;
    private List<Action>? ifUndone;

    public Dialect Dialect { get; } = dialect;

    protected abstract DbConnection Connection { get; }

    protected abstract DbTransaction? Transaction { get; }

    public async Task<int> Execute(string sql, object? args = null)
    {
        await Flush();
        return await Connection.ExecuteAsync(Dialect.Sql(sql), args, Transaction);
    }

    public async Task<List<T>> Query<T>(string sql, object? args = null)
    {
        await Flush();
        return (await Connection.QueryAsync<T>(Dialect.Sql(sql), args, Transaction)).AsList();
    }

    public async Task<T?> QueryFirst<T>(string sql, object? args = null)
    {
        await Flush();
        return await Connection.QueryFirstOrDefaultAsync<T>(Dialect.Sql(sql), args, Transaction);
    }

    /// <summary>
    /// Runs a statement for each row, before whatever comes next in this transaction. PostgreSQL gets it together with that,
    /// so an error may show there, or at the commit.
    /// </summary>
    public abstract Task Each<T>(Rows<T> statement, IReadOnlyList<T> rows);

    /// <summary>Runs a statement for each row and reads what it returns, in no promised order.</summary>
    public abstract Task<List<TResult>> Each<T, TResult>(Rows<T> statement, IReadOnlyList<T> rows, Func<Row, TResult> read);

    /// <summary>Runs once the commit is durable: wake-ups, never work.</summary>
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    public void RunAfterCommit() => afterCommit?.ForEach(action => action());

    /// <summary>
    /// Runs if what this unit writes is not committed, and before it is run again: gives back what the unit took outside the
    /// database. Register it before the next statement can fail.
    /// </summary>
    public void IfUndone(Action action) => (ifUndone ??= []).Add(action);

    public void RunIfUndone() => ifUndone?.ForEach(action => action());

    /// <summary>Runs what was put off.</summary>
    protected virtual Task Flush() => Task.CompletedTask;

    /// <summary>Hands over what is to be done after the commit, for whoever commits several units at once.</summary>
    public List<Action>? TakeAfterCommit()
    {
        var taken = afterCommit;
        afterCommit = null;
        return taken;
    }

    /// <summary>The same for what is to be given back.</summary>
    public List<Action>? TakeIfUndone()
    {
        var taken = ifUndone;
        ifUndone = null;
        return taken;
    }
}
