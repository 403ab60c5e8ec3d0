# Starts the script that SCRIPT names where it cannot work: in a host like PowerShell ISE's, under a policy's language, and
# in a job, which is a remote session on this machine. Writes the exit codes, and what was said.
class IseHost : System.Management.Automation.Host.PSHost {
    hidden [guid] $Id = [guid]::NewGuid()
    [string] get_Name() { return 'Windows PowerShell ISE Host' }
    [version] get_Version() { return '5.1' }
    [guid] get_InstanceId() { return $this.Id }
    [System.Management.Automation.Host.PSHostUserInterface] get_UI() { return $null }
    [cultureinfo] get_CurrentCulture() { return [cultureinfo]::InvariantCulture }
    [cultureinfo] get_CurrentUICulture() { return [cultureinfo]::InvariantCulture }
    [void] EnterNestedPrompt() { }
    [void] ExitNestedPrompt() { }
    [void] NotifyBeginApplication() { }
    [void] NotifyEndApplication() { }
    [void] SetShouldExit([int] $code) { }
}
$policy = [initialsessionstate]::CreateDefault()
$policy.LanguageMode = 'ConstrainedLanguage'
$ise = [runspacefactory]::CreateRunspace([IseHost]::new(), [initialsessionstate]::CreateDefault())
foreach ($runspace in $ise, [runspacefactory]::CreateRunspace($policy)) {
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $null = $shell.AddScript('& $args[0] -Yes; $LASTEXITCODE').AddArgument($env:SCRIPT)
    $codes = $shell.Invoke()
    "$codes $($shell.Streams.Error | ForEach-Object { $_.Exception.Message })"
}
$job = Start-Job { & $using:env:SCRIPT -Yes; $LASTEXITCODE }
$null = Wait-Job $job
"$(Receive-Job $job -ErrorAction Ignore) $($job.ChildJobs[0].Error | ForEach-Object { $_.Exception.Message })"
