using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Postings are read by Dapper with the account written into the text of the query instead of a parameter. Dapper keeps a plan for each
/// text; it drops those that were used once, but this one is asked twice, for the page and for the total: 1 CacheInfo, with its
/// deserializer, per operation.
/// </summary>
/// <remarks><code>
/// static SqlMapper._queryCache ─→ ConcurrentDictionary&lt;SqlMapper.Identity, SqlMapper.CacheInfo&gt; ─→ … ─→ Identity, CacheInfo
/// </code>
/// The key or the value: either may be called what leaks.
/// </remarks>
internal sealed class LedgerQueries : HardLeak
{
    private readonly LedgerRepository _ledger = new();

    public override Truth Truth => Truth.Leak(
        "LedgerRepository writes the account into the text of its query, and Dapper's static SqlMapper._queryCache keeps a plan for each text.",
        "Dapper 2.1.86",
        FindingTruth.Entries("SqlMapper", 1, "SqlMapper._queryCache"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _ledger.Balance(account: number);

    /// <summary>Dapper clears what was used once after 1,000 queries: the check goes beyond.</summary>
    protected override int CheckedOperations => 800;

    protected override double[] Measured() => [SqlMapper.GetCachedSQLCount()];
}

internal sealed class LedgerPosting
{
    public int Account { get; set; }

    public decimal Amount { get; set; }
}

internal sealed class LedgerRepository
{
    public decimal Balance(int account)
    {
        using DbConnection connection = new LedgerConnection();
        string query = string.Create(CultureInfo.InvariantCulture, $"select Account, Amount from postings where Account = {account}");
        decimal first = connection.QueryFirst<LedgerPosting>(query).Amount;
        return first + connection.QueryFirst<LedgerPosting>(query).Amount;
    }
}

/// <summary>A database in memory, as small as ADO.NET allows: each query gives one posting.</summary>
internal sealed class LedgerConnection : DbConnection
{
    private ConnectionState _state = ConnectionState.Open;

    [AllowNull]
    public override string ConnectionString { get; set; } = "ledger";

    public override string Database => "ledger";

    public override string DataSource => "memory";

    public override string ServerVersion => "1";

    public override ConnectionState State => _state;

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("There is one database.");

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException("Queries only.");

    protected override DbCommand CreateDbCommand() => new LedgerCommand { Connection = this };
}

internal sealed class LedgerCommand : DbCommand
{
    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection { get; } = new LedgerParameters();

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery() => 0;

    public override object? ExecuteScalar() => null;

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => throw new NotSupportedException("Queries have no parameters here.");

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        DataTable postings = new() { Locale = CultureInfo.InvariantCulture };
        postings.Columns.Add("Account", typeof(int));
        postings.Columns.Add("Amount", typeof(decimal));
        postings.Rows.Add(int.Parse(CommandText.AsSpan(CommandText.LastIndexOf(' ')), CultureInfo.InvariantCulture), 12.5m);
        return postings.CreateDataReader();
    }
}

internal sealed class LedgerParameters : DbParameterCollection
{
    public override int Count => 0;

    public override object SyncRoot => this;

    public override int Add(object value) => throw new NotSupportedException("Queries have no parameters here.");

    public override void AddRange(Array values) => throw new NotSupportedException("Queries have no parameters here.");

    public override void Clear()
    {
    }

    public override bool Contains(object value) => false;

    public override bool Contains(string value) => false;

    public override void CopyTo(Array array, int index)
    {
    }

    public override IEnumerator GetEnumerator() => Array.Empty<object>().GetEnumerator();

    public override int IndexOf(object value) => -1;

    public override int IndexOf(string parameterName) => -1;

    public override void Insert(int index, object value) => throw new NotSupportedException("Queries have no parameters here.");

    public override void Remove(object value)
    {
    }

    public override void RemoveAt(int index)
    {
    }

    public override void RemoveAt(string parameterName)
    {
    }

    protected override DbParameter GetParameter(int index) => throw new NotSupportedException("Queries have no parameters here.");

    protected override DbParameter GetParameter(string parameterName) => throw new NotSupportedException("Queries have no parameters here.");

    protected override void SetParameter(int index, DbParameter value) => throw new NotSupportedException("Queries have no parameters here.");

    protected override void SetParameter(string parameterName, DbParameter value) => throw new NotSupportedException("Queries have no parameters here.");
}
