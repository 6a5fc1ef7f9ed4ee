"""First names that are usual in Peru, as they are compared. They only help to guess where the surnames begin."""

DE_PILA = frozenset(
    """
    aaron abel abelardo abigail abraham ada adan adela adelaida adelina adolfo adrian adriana agripina agustin agustina
    aida albert alberta alberto alcides aldo alejandra alejandrina alejandro alessandra alex alexander alexandra alexis
    alfonso alfredo alicia alina alvaro amadeo amalia amanda amelia amparo ana anabel analy andrea andres andy angel
    angela angelica angelina angelita angie anibal anita anselmo antonia antonieta antonio apolinario aquiles araceli
    ariana armando arnaldo arnold artemio arturo asuncion augusto aurea aurelia aurelio aydee beatriz belen
    benigno benita benito benjamin bernabe bernardina bernardo bertha betty blanca blas brayan brenda briseida bruno
    camila candelaria candy carina carla carlos carmela carmen carmencita carolina catalina cecilia celestino celia
    celinda celso cesar charo christian ciro clara claudia claudio clelia clemencia clemente clementina cleofe cleto
    concepcion consuelo corina cristian cristina cristobal cynthia dalia daniel daniela danitza dante dario david
    dayana debora delfin delia delicia demetrio denis deysi deysy diana diego digna dilma dina dolores domingo domitila
    donato dora doralisa doris dorotea edgar edgardo edilberto edinson edith edson eduarda eduardo edward edwin efrain
    eladio elba elder elena eleodoro eleuterio eliana elias elida eliseo elisa elizabeth ella elmer eloy elsa elva
    elvira elvis emerson emilia emiliano emilio emma emperatriz enedina enma enrique epifanio erica erick erika erlinda
    ermelinda ernestina ernesto esmeralda esperanza estefani estela estelita ester esteban esther estrella eudocia
    eugenia eugenio eulalia eulogio eusebia eusebio eva evangelina evelin evelyn ezequiel fabian fabiana fabiola fanny
    fany faustina faustino fausto federico felicia feliciano felicita felicitas felipa felipe felix feliza fermin
    fernanda fernando fidel fidela fiorella flavio flor flora florencia florencio florentina florinda fortunata
    francisca francisco franco frank franklin freddy fredy gabriel gabriela gaby genaro genoveva george geraldine german
    gilberto gilda giovanna gisela gladis gladys gloria godofredo gonzalo graciela gregoria gregorio grimaldo grimanesa
    griselda guadalupe guido guillermina guillermo gustavo haydee hector heidy helen heraclio herlinda hermelinda
    hermes hermila hermilio hernan hilaria hilario hilda hipolito honorata honorio hortencia hubert hugo humberto ida
    idalia idelfonso ignacia ignacio ilda ines ingrid irene iris irma isaac isabel isaias isidro isidora isolina israel
    ivan ivonne jackeline jacinta jacinto jacob jacqueline jaime jairo jakelin james janet janeth javier jean jeferson
    jefferson jenifer jenny jeny jeremias jesica jessica jesus jhon jhony jhonatan jhonny jimena jimmy joaquin joel
    johana john johnny jonathan jorge jose josefa josefina joselito josue joyce juan juana juanita julia julian juliana
    julio julissa justina justo karen karin karina karla katherine katia katy keiko kelly ketty kevin lady lalo laura
    leandro leidy leila lenin leo leon leonardo leoncia leoncio leonidas leonor leonila leonilda leslie leticia
    lida lidia lilia lilian liliana lily lina linda lino lisbeth liz lizbeth lizeth lloni lorena lorenza lorenzo lourdes
    lucas lucero lucia luciana luciano lucila lucinda lucio lucy luis luisa lupe luz luzmila lyz macario madeleine
    magali magaly magda magdalena magno maicol maira malena manuel manuela mara marcela marcelina marcelino marcelo
    marcia marcial marco marcos margarita margot maria mariana mariano maribel maricela maricruz mariela marilu marilyn
    marina mario marisela marisol maritza marleni marlene marleny marlon marta martha martin martina mary mateo matilde
    mauricio mauro max maxima maximiliana maximiliano maximina maximo mayra medalith melania melchor melina melissa
    melva mercedes merci mery micaela michael miguel miguelina milagritos milagros milton milena miluska mirella miriam
    mirian mirtha misael modesta modesto moises monica moraima nadia nancy nataly natalia natividad nelida nelly nelson
    nemesio nena neri nery nestor nicanor nicolas nicolasa nicole nieves nilda nilo nilton nimia niria noe noel noelia
    noemi nora norka norma nuflo nuria obdulia octavio ofelia olga olimpia olinda oliver olivia omar orfa orlando oscar
    oswaldo ovidio pablo palmira pamela paola pascual pascuala patricia patricio patty paul paula paulina paulino paulo
    pedro pelagia percy perla perpetua petronila pilar pio pompeyo porfirio prudencia quintina rafael raimundo ramiro
    ramon ramona raquel raul raymundo rebeca regina reina rene renee renato renzo reyna reynaldo ricardina ricardo rina
    rita rober robert roberta roberto robinson rocio rodolfo rodrigo roger rogelia rogelio rolando roman romulo ronal
    ronald roni rony roque rosa rosalia rosalina rosalinda rosario rosaura rosenda rosendo rosita rosmery roxana roy
    royer ruben rubi rudy rufina rufino ruth sabina sabino sadith salomon samanta samuel sandra sandro santa santiago
    santos santosa sara sarela saturnina saturnino saul sebastian segunda segundo serafina serafin sergio severina
    sheila shirley silvana silveria silverio silvestre silvia simeon simon simona sixto sofia soledad sonia stefany
    susana susy tania tatiana teodora teodoro teodosia teofila teofilo teresa tereza tito tomas tomasa trinidad ubaldo
    ulises urbano uriel ursula valentin valentina valeria valeriano valerio vanessa veronica vicente vicenta victor
    victoria victoriano vidal vilma violeta virgilio virginia vitaliano viviana vladimir waldir walter wender wendy
    wilber wilberto wilder wilfredo william willian willy wilmer wilson wilton xavier ximena yaneth yanina yeni yenny
    yeny yesenia yesica yessica yola yolanda yone yoni yony yovana yudith yuri zacarias zaida zarela zenaida zenobia
    zenon zoila zulema zully
    """.split()  # noqa: SIM905
)
