# Fills a Request Tracker by its own objects: what people did in it, so that what it wrote down of it can be read.
# Asked with the name of the file of its configuration in RT_SITE_CONFIG; prints the ids of its tickets by name as JSON.
use strict;
use warnings;
use utf8;
use lib '/usr/share/request-tracker5/lib';
use RT -init;
use JSON ();
use MIME::Entity;
use Encode ();

my $system = RT->SystemUser;

sub done {
    my ($ok, $message) = @_;
    die "Request Tracker: " . ($message // 'no reason') . "\n" unless $ok;
    return $ok;
}

sub user {
    my ($name, $real, $privileged) = @_;
    my $user = RT::User->new($system);
    done($user->Create(Name => $name, RealName => $real, EmailAddress => "$name\@desk.example", Privileged => $privileged));
    return $user;
}

# A mail as it comes to the gateway, and in whose name.
sub says {
    my ($user, $ticket, $verb, $entity) = @_;
    my $own = RT::Ticket->new(RT::CurrentUser->new($user->Name));
    $own->Load($ticket->id);
    done($own->$verb(MIMEObj => $entity));
}

sub mail {
    my ($text, @parts) = @_;
    my $entity = MIME::Entity->build(
        Type => @parts ? 'multipart/mixed' : 'text/plain; charset=utf-8',
        Charset => 'UTF-8', Encoding => @parts ? undef : '8bit',
        @parts ? () : (Data => [Encode::encode('UTF-8', $text)]),
    );
    $entity->attach(Type => 'text/plain; charset=utf-8', Encoding => '8bit', Data => [Encode::encode('UTF-8', $text)]) if @parts;
    $entity->attach(%$_) for @parts;
    return $entity;
}

my $agent = user('ada', 'Ada Okafor', 1);
my $customer = user('cy', 'Cy Müller', 0);
my $friend = user('di', 'Di Long', 0);
for my $right (qw(OwnTicket ShowTicket ModifyTicket ReplyToTicket CommentOnTicket ShowTicketComments TakeTicket SeeQueue SeeCustomField ModifyCustomField CreateTicket DeleteTicket)) {
    done($agent->PrincipalObj->GrantRight(Right => $right, Object => $RT::System));
}
my $everyone = RT::Group->new($system);
$everyone->LoadSystemInternalGroup('Everyone');
done($everyone->PrincipalObj->GrantRight(Right => $_, Object => $RT::System)) for qw(CreateTicket ReplyToTicket ShowTicket SeeQueue);

my $queue = RT::Queue->new($system);
done($queue->Create(Name => 'Repairs', CorrespondAddress => 'repairs@desk.example'));
my $other = RT::Queue->new($system);
done($other->Create(Name => 'Returns', CorrespondAddress => 'returns@desk.example'));
my $field = RT::CustomField->new($system);
done($field->Create(Name => 'Product', Type => 'SelectSingle', LookupType => 'RT::Queue-RT::Ticket'));
done($field->AddValue(Name => $_)) for ('Lamp', 'Kettle');
done($field->AddToObject($queue));

my %id;
sub open_ticket {
    my ($name, $subject, %more) = @_;
    my $ticket = RT::Ticket->new(RT::CurrentUser->new('cy'));
    my ($ok, undef, $message) = $ticket->Create(
        Queue => $queue->id, Subject => $subject, Requestor => 'cy@desk.example',
        MIMEObj => $more{mime} // mail("$subject, please help."), $more{cc} ? (Cc => $more{cc}) : (),
    );
    done($ok, $message);
    my $own = RT::Ticket->new($system);
    $own->Load($ok);
    $id{$name} = $own->id;
    return $own;
}
sub by_agent {
    my ($ticket) = @_;
    my $own = RT::Ticket->new(RT::CurrentUser->new('ada'));
    $own->Load($ticket->id);
    return $own;
}

my $lamp = open_ticket(lamp => 'Die Lampe flackert – dauernd', cc => 'di@desk.example', mime => mail(
    "Schöne Grüße, sie flackert.",
    { Type => 'application/pdf', Filename => 'rechnung.pdf', Data => "%PDF-1.4 a bill", Encoding => 'base64', Disposition => 'attachment' },
    { Type => 'image/png', Filename => 'bild.png', Data => join('', map { chr($_ % 256) } 0 .. 5000), Encoding => 'base64', Disposition => 'attachment' },
));
done(by_agent($lamp)->SetOwner('ada'));
done(by_agent($lamp)->AddCustomFieldValue(Field => $field->id, Value => 'Lamp'));
says($agent, $lamp, Correspond => mail("Hello Cy,\n\nturn the bulb, please.\n\nAda"));
says($agent, $lamp, Comment => mail("Could be the dimmer."));
says($customer, $lamp, Correspond => mail("That helped – danke ☺"));
done(by_agent($lamp)->SetPriority(80));
done(by_agent($lamp)->SetStatus('resolved'));

my $again = open_ticket(again => 'Lampe, noch einmal');
done(by_agent($again)->MergeInto($lamp->id));

my $moved = open_ticket(moved => 'Wrong place');
done(by_agent($moved)->SetQueue($other->id));
done(by_agent($moved)->SetSubject('Right place'));
done(by_agent($moved)->SetStatus('stalled'));
done(by_agent($moved)->AddLink(Type => 'RefersTo', Target => $lamp->id));

my $spam = open_ticket(spam => 'Buy now');
done(by_agent($spam)->SetStatus('rejected'));
my $gone = open_ticket(gone => 'Nobody wants this');
my $root = RT::Ticket->new($system);
$root->Load($gone->id);
done($root->SetStatus('deleted'));

print JSON::encode_json(\%id), "\n";
