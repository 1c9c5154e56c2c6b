using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Tool;

/// <summary>
/// The <c>limpet</c> tool as a child of this process, which it captures: a process cannot stop and read itself. The right to trace is given to this child alone
/// and taken back at the end. Only one session is open at a time, for a process has one tracer.
/// </summary>
internal sealed class ToolSession : IDisposable
{
    /// <summary>The version of the protocol that both speak.</summary>
    public const int Protocol = 2;

    private const int SetTracer = 0x59616d61;
    private const int MostErrorText = 600;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Settings of this process that are not meant for the tool: profilers, startup hooks, limits of the heap.</summary>
    private static readonly string[] NotInherited =
        ["DOTNET_STARTUP_HOOKS", "CORECLR_ENABLE_PROFILING", "DOTNET_DiagnosticPorts", "DOTNET_gcServer", "DOTNET_GCHeapHardLimit", "DOTNET_GCgen0size", "DOTNET_EnableEventPipe", "LD_PRELOAD"];

    private static readonly ConcurrentDictionary<int, bool> Running = [];

    private readonly Process process;
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource saidAll = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ToolSession(Process process)
    {
        this.process = process;
        Running[process.Id] = true;
    }

    /// <summary>Whether a child process is a tool that was started here and has not been ended: what looks for child processes leaves it out.</summary>
    /// <param name="pid">The child.</param>
    public static bool IsTool(int pid) => Running.ContainsKey(pid);

    /// <summary>Starts the tool and waits until it has said that it is there.</summary>
    /// <param name="tool">The tool; null to look for it.</param>
    /// <exception cref="LimpetException">There is no tool, it does not start, or it speaks another protocol. The message begins in lower case, for it ends a sentence.</exception>
    public static ToolSession Open(string? tool)
    {
        IReadOnlyList<string> command = ToolLocation.Find(tool);
        One.Wait();
        try
        {
            ToolSession session = new(Start(command));
            try
            {
                session.Begin();
                return session;
            }
            catch
            {
                session.End();
                throw;
            }
        }
        catch
        {
            One.Release();
            throw;
        }
    }

    /// <summary>Asks the tool.</summary>
    /// <param name="write">Writes the request.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="LimpetException">The tool refuses, ends, or does not answer.</exception>
    public JsonElement Ask(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        try
        {
            process.StandardInput.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }

        return Read(AnswerDeadline);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        End();
        One.Release();
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(command[0], [.. command.Skip(1), "trace", "--pid", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), "--protocol", Protocol.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string variable in NotInherited)
        {
            start.Environment.Remove(variable);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new LimpetException(Trouble.Refused, $"the limpet tool at {command[^1]} does not start: {exception.Message}. Set {ToolLocation.Variable} to one that does.", exception);
        }
    }

    private void Begin()
    {
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();

        // Without yama there is nothing to allow, and the call says so: that is no error.
        _ = Control(SetTracer, (nuint)process.Id, 0, 0, 0);
        JsonElement hello = Read(StartDeadline);
        if (!hello.TryGetProperty("protocol", out JsonElement spoken) || spoken.GetInt32() != Protocol)
        {
            throw new LimpetException($"the limpet tool speaks another protocol than version {Protocol}. Use the tool of the same version as the library.");
        }
    }

    private JsonElement Read(TimeSpan deadline)
    {
        Task<string?> reading = Task.Run(process.StandardOutput.ReadLineAsync);
        if (!reading.Wait(deadline))
        {
            throw new LimpetException(Trouble.NotRun, $"the limpet tool has not answered within {deadline.TotalSeconds:0} s.");
        }

        string line = reading.Result ?? throw Ended();
        JsonElement answer;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            answer = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new LimpetException(Trouble.NotRun, $"the limpet tool answered what is no answer: {line[..Math.Min(line.Length, 100)]}", exception);
        }

        return answer.TryGetProperty("error", out JsonElement error)
            ? throw Refused(answer, $"the limpet tool refused: {error.GetString()}")
            : answer;
    }

    private static LimpetException Refused(JsonElement answer, string message) =>
        new(Trouble.Refused, message, answer.TryGetProperty("traceRefused", out JsonElement refused) && refused.GetBoolean() ? new TraceRefusedException(message) : null);

    private LimpetException Ended()
    {
        bool ended = process.WaitForExit(EndDeadline);
        if (ended)
        {
            saidAll.Task.Wait(EndDeadline); // its last words come on a thread of their own
        }

        string said;
        lock (errors)
        {
            said = errors.ToString().Trim();
        }

        return new LimpetException(Trouble.NotRun, $"the limpet tool ended{(ended ? $" with exit code {process.ExitCode}" : "")}{(said.Length == 0 ? "." : ": " + said)}");
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            saidAll.TrySetResult();
        }

        lock (errors)
        {
            if (line is not null && errors.Length < MostErrorText)
            {
                errors.AppendLine(line);
            }
        }
    }

    private void End()
    {
        _ = Control(SetTracer, 0, 0, 0, 0);
        process.StandardInput.Close();
        if (!process.WaitForExit(EndDeadline))
        {
            process.Kill();
        }

        Running.TryRemove(process.Id, out _);
        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint first, nuint second, nuint third, nuint fourth);
}
