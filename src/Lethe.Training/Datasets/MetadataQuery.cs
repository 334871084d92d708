using Lethe.Core.Errors;
using Lethe.Core.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Lethe.Training.Datasets;

/// <summary>
/// The metadata in an in-memory SQLite table. Once filled, the connection is locked: an authorizer lets nothing pass but reading columns
/// and calling harmless functions, so that no predicate reaches a file, changes the table or runs for ever.
/// </summary>
internal sealed class MetadataQuery : IDisposable
{
    private static readonly HashSet<string> RefusedFunctions =
        new(StringComparer.OrdinalIgnoreCase) { "load_extension", "random", "randomblob", "zeroblob", "readfile", "writefile", "fts3_tokenizer", "fts5" };

    /// <summary>SQLITE_DBCONFIG_DQS_DML: whether a name in double quotes that is no column counts as text.</summary>
    private const int QuotedNamesAsText = 1013;

    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<MetadataColumn> _columns;
    private readonly Lock _lock = new();
    private readonly int _count;
    private readonly int _limit;

    /// <param name="columns">The first is called record.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="limit">Above the largest value of the column record.</param>
    public MetadataQuery(IReadOnlyList<MetadataColumn> columns, int count, int limit)
    {
        SystemSqlite.Use();
        _columns = columns;
        _count = count;
        _limit = limit;
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        try
        {
            Fill();
        }
        catch (SqliteException error)
        {
            _connection.Dispose();
            throw new LetheException($"The metadata of {columns.Count} columns cannot be put in an SQL table: {error.Message} Leave columns out with drop=, or select by --records.", error);
        }
        // Otherwise "colour" = 'colour' would hold for every record of a table without such a column.
        raw.sqlite3_db_config(_connection.Handle, QuotedNamesAsText, 0, out _);
        raw.sqlite3_set_authorizer(_connection.Handle, Authorize, null!);
    }

    public IReadOnlyList<RecordId> Where(string predicate)
    {
        if (string.IsNullOrWhiteSpace(predicate)) throw Unusable("it is empty");
        lock (_lock)
        {
            // The line break ends a trailing comment of the predicate before the closing bracket.
            int status = raw.sqlite3_prepare_v2(_connection.Handle, $"SELECT record FROM records WHERE ({predicate}\n)", out sqlite3_stmt statement, out string rest);
            using (statement)
            {
                if (status != raw.SQLITE_OK) throw Unusable(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string());
                if (!string.IsNullOrWhiteSpace(rest)) throw Unusable("only one expression is allowed");
                return Read(statement);
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    private RecordId[] Read(sqlite3_stmt statement)
    {
        var selected = new bool[_limit];
        int status;
        while ((status = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            long record = raw.sqlite3_column_int64(statement, 0);
            if (record < 0 || record >= _limit || raw.sqlite3_column_type(statement, 0) != raw.SQLITE_INTEGER) throw Unusable("it must be one expression that is true or false for a record");
            selected[record] = true;
        }
        if (status != raw.SQLITE_DONE) throw Unusable(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string());
        return [.. Enumerable.Range(0, _limit).Where(record => selected[record]).Select(record => new RecordId(record))];
    }

    private void Fill()
    {
        Execute($"CREATE TABLE records ({string.Join(", ", _columns.Select(column => $"{Quote(column.Name)} {column.SqlType}"))})");
        using SqliteTransaction transaction = _connection.BeginTransaction();
        string insert = $"INSERT INTO records VALUES ({string.Join(", ", _columns.Select(_ => "?"))})";
        int status = raw.sqlite3_prepare_v2(_connection.Handle, insert, out sqlite3_stmt statement);
        using (statement)
        {
            if (status != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), status);
            for (int record = 0; record < _count; record++) Insert(statement, record);
        }
        transaction.Commit();
    }

    private void Insert(sqlite3_stmt statement, int record)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            switch (_columns[i][record])
            {
                case long value: raw.sqlite3_bind_int64(statement, i + 1, value); break;
                case double value: raw.sqlite3_bind_double(statement, i + 1, value); break;
                case string value: raw.sqlite3_bind_text(statement, i + 1, value); break;
            }
        }
        int status = raw.sqlite3_step(statement);
        if (status != raw.SQLITE_DONE) throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), status);
        raw.sqlite3_reset(statement);
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static int Authorize(object user, int action, string? first, string? second, string? database, string? inner) => action switch
    {
        raw.SQLITE_SELECT => raw.SQLITE_OK,
        raw.SQLITE_READ => first == "records" ? raw.SQLITE_OK : raw.SQLITE_DENY,
        raw.SQLITE_FUNCTION => second is not null && RefusedFunctions.Contains(second) ? raw.SQLITE_DENY : raw.SQLITE_OK,
        _ => raw.SQLITE_DENY,
    };

    private UsageException Unusable(string reason) => new(
        $"The predicate cannot be used: {reason}. Write one SQL expression over the columns {string.Join(", ", _columns.Take(40).Select(Describe))}"
        + $"{(_columns.Count > 40 ? $", … ({_columns.Count} in all)" : "")}, for example: class = '{Example()}' AND record < 100");

    private string Example() => _count == 0 ? "A" : ((string)_columns[2][0]).Replace("'", "''", StringComparison.Ordinal);

    private static string Describe(MetadataColumn column) => column.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(column.Name[0]) ? column.Name : Quote(column.Name);

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
